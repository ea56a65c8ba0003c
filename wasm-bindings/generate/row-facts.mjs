/** Whether a row of the op table says this fact of itself: `functional`, `python_form`, … (table/row.h). */
export const says = (row, fact) => row.facts.split(' ').includes(fact);
