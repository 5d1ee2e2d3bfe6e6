import { openFile } from "../../src/store/sqlite-file.ts";

/** Run as a process of its own: commits for ever on a database opened as the store opens it, under what else is said to SQLite. */
const [file = "", ...besides] = process.argv.slice(2);
const database = openFile(file);
for (const pragma of besides) database.exec(`pragma ${pragma}`);
database.exec("create table rows (id integer primary key) strict");
const insert = database.prepare("insert into rows default values");
console.log("ready");
for (;;) insert.run();
