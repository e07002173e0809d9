/** The panel's file name with its content hash, set by the build. */
declare const PANEL_FILE: string;

declare module "*.css" {
  const text: string;
  export default text;
}
