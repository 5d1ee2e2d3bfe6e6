import { tokens } from "../look/tokens.css.ts";
import { card } from "./card.css.ts";
import { circumstances } from "./circumstances.css.ts";
import { gauge } from "./gauge.css.ts";

export const styles = [tokens, card, gauge, circumstances];
