/** Code that is already on the page is lent, not sent again: the script lends to the panel, the panel to its parts. */
import { relative } from "node:path";

/** Lender → module → what it lends. The lender's own build holds the module; later builds take it from the element. */
const LENT = {
  loader: { contacts: ["withLinks"], dom: ["h", "icon", "adopt"], mark: ["MARK"], screen: ["fillsScreen"] },
  panel: {
    api: ["Problem", "problemOf"], "cards/card": ["words", "speech", "link", "buttonRow"], "cards/offer": ["drawOffer"], identifier: ["newId"], links: ["safeLink"],
    reply: ["readReply"], text: ["fill"], transcript: ["newItem", "isOpen"],
  },
};

const CHEST = 'customElements.get("pointe-chat").lent';
const names = (lender) => Object.values(LENT[lender]).flat();
/** Place of everything lent in the chest, which is a list. */
const PLACES = Object.keys(LENT).flatMap(names);

/** An entry that is the lender's own and fills the chest. */
export function lendingEntry(lender, own) {
  const imports = Object.entries(LENT[lender]).map(([module, list]) => `import { ${list} } from "./src/${module}";`);
  const fill = lender === "loader" ? `${CHEST} ??= [${names(lender)}];` : `${CHEST}.push(${names(lender)});`;
  return { contents: [own, ...imports, fill].join("\n"), resolveDir: ".", loader: "ts" };
}

/** Takes the modules of these lenders from the element. */
export const borrowFrom = (root, ...lenders) => ({
  name: "borrow",
  setup(build) {
    const modules = Object.assign({}, ...lenders.map((lender) => LENT[lender]));
    build.onResolve({ filter: /^chest$/ }, ({ path }) => ({ path, namespace: "chest" }));
    build.onLoad({ filter: /./, namespace: "chest" }, () => ({ contents: `export const chest = ${CHEST};` }));
    build.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const list = modules[relative(`${root}/src`, path).replace(/\.ts$/, "")];
      const take = (name) => `export const ${name} = chest[${PLACES.indexOf(name)}];`;
      return list && { contents: ['import { chest } from "chest";', ...list.map(take)].join("\n"), loader: "js" };
    });
  },
});
