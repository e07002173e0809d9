/** Code that is already on the page is lent, not sent again: the script lends to the panel, the panel to its parts. */
import { relative } from "node:path";

/** Lender → module → what it lends. The lender's own build holds the module; later builds take it from the element. */
export const LENT = {
  loader: { dom: ["h", "icon", "adopt"] },
  panel: {
    api: ["Problem", "problemOf"], "cards/card": ["words", "link", "buttonRow"], identifier: ["newId"], links: ["safeLink"],
    reply: ["readReply"], text: ["fill"], transcript: ["newItem", "isOpen"],
  },
};

const CHEST = 'customElements.get("pointe-chat").lent';
const names = (lender) => Object.values(LENT[lender]).flat();

/** An entry that is the lender's own and fills the chest. */
export function lendingEntry(lender, own) {
  const imports = Object.entries(LENT[lender]).map(([module, list]) => `import { ${list} } from "./src/${module}";`);
  const fill = lender === "loader" ? `${CHEST} ??= { ${names(lender)} };` : `Object.assign(${CHEST}, { ${names(lender)} });`;
  return { contents: [own, ...imports, fill].join("\n"), resolveDir: ".", loader: "ts" };
}

/** Takes the modules of these lenders from the element. */
export const borrowFrom = (root, ...lenders) => ({
  name: "borrow",
  setup(build) {
    const modules = Object.assign({}, ...lenders.map((lender) => LENT[lender]));
    build.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const list = modules[relative(`${root}/src`, path).replace(/\.ts$/, "")];
      return list && { contents: `export const { ${list} } = ${CHEST};`, loader: "js" };
    });
  },
});
