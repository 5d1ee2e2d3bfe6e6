import { embedPayer, stay } from "./embed.js";

const { scripts } = await (await fetch(`/stays/${stay}/state`)).json();
embedPayer(document.getElementById("payer"), scripts);
