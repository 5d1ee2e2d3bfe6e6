import { styles as hold } from "../hold/hold.css.ts";
import { forms } from "./forms.css.ts";
import { list } from "./list.css.ts";
import { panes } from "./panes.css.ts";
import { widths } from "./widths.css.ts";

/** On top of the hold's own look: the list, the panes, the forms. Below 40em one column, from 60em list, hold and actions side by side. */
export const styles = [...hold, panes, list, forms, widths];
