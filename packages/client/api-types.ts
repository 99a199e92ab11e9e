import openapiTypes, { astToString } from 'openapi-typescript'

/** The client's types (src/api.gen.ts) from the hub's OpenAPI document. */
export async function apiTypes(document: unknown): Promise<string> {
  const ast = await openapiTypes(document as Parameters<typeof openapiTypes>[0], { alphabetize: true })
  // With exactOptionalPropertyTypes an optional property does not take `undefined`; an absent query parameter may.
  const text = astToString(ast).replace(/^( +"?[\w-]+"?\?: [^\n]+);$/gm, '$1 | undefined;')
  return `/* Made from the hub's OpenAPI document by npm run generate. */\n${text}`
}
