import {gzipSync} from "node:zlib"; import {readFileSync,readdirSync} from "node:fs";
const f=readdirSync("dist/widget").find(n=>n.includes("panel"));const t=readFileSync("dist/widget/"+f,"utf8");
const g=x=>gzipSync(x,{level:9}).length;
// css strings
const css=[...t.matchAll(/=(["'`])((?:\.|\[|@|h3|\/)[^"'`]*\{[^]*?)\1[,;]/g)].filter(m=>m[2].length>500);
let no=t;for(const m of css){no=no.replace(m[2],"");console.log("css",m[2].slice(0,20),m[2].length)}
console.log("css marg",g(t)-g(no), "alone",g(css.map(m=>m[2]).join("")));
const si=no.indexOf('{title:"Ask the clinic"');let d=0,e=si;for(;e<no.length;e++){if(no[e]=="{")d++;if(no[e]=="}"&&--d==0)break}
const str=no.slice(si,e+1);const js=no.replace(str,"");console.log("strings",str.length,g(no)-g(js),g(str));console.log("js",js.length,g(js));
import("node:fs").then(fs=>fs.writeFileSync("/tmp/w_js.js",js));
