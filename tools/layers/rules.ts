import type { SourceFile } from './imports.ts'

/** A rule of the house: which way imports run and which file may touch what. docs/architecture.md says the same in words. */
export interface Rule {
  readonly name: string
  readonly why: string
  /** Files it is about. */
  readonly of: RegExp
  readonly except?: RegExp
  /** An import to one of these breaks the rule… */
  readonly mayNotImport?: RegExp
  /** …and so does an import to anything but these. */
  readonly mayImportOnly?: RegExp
  /** So does this text in code. */
  readonly mayNotContain?: RegExp
  /** Type-only imports are let through. */
  readonly typesAreFree?: boolean
}

export interface Violation {
  readonly rule: string
  readonly file: string
  readonly what: string
  readonly why: string
}

const tests = /\.test\.ts$|\/test\//
const sockets = /^node:(net|http|https|http2|tls|dgram|dns)(\/|$)/

export const rules: readonly Rule[] = [
  {
    name: 'pure packages touch nothing of the world',
    why: 'they run in the hub, on devices and in the browser alike, and their tests need no set-up',
    of: /^packages\/(engine|patterns|expressions|composition|json|wire|trust|device-model)\/src\//,
    except: tests,
    mayNotImport: /^node:|^(hub|agent|protocols|simulators|test)\//,
  },
  {
    name: 'pure packages have no clock and no chance',
    why: 'the same input must give the same result',
    of: /^packages\/(engine|patterns|expressions|composition|json|wire|trust|device-model)\/src\//,
    except: tests,
    mayNotContain: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(|\bsetTimeout\(|\bprocess\./,
  },
  {
    name: 'the editor runs in a page',
    why: 'there is no Node in a browser, and all it needs of the language is pure',
    of: /^packages\/editor\/src\//,
    except: tests,
    mayNotImport: /^node:|^packages\/(?!editor|patterns)/,
  },
  {
    name: 'the console runs in a page',
    why: 'there is no Node in a browser; what it knows of the hub it has by the client',
    of: /^packages\/console\/src\//,
    except: tests,
    mayNotImport: /^node:|^packages\/(?!console|client|editor|patterns|engine|expressions|trust)/,
  },
  {
    name: 'an area of the console stands by itself',
    why: 'pages are loaded one by one; what two areas share is a part',
    of: /^packages\/console\/src\/pages\//,
    except: tests,
    mayNotImport: /^packages\/console\/src\/pages\/(?!OWN\/)/,
  },
  {
    name: 'parts of the console know no page',
    why: 'they are what pages are made of',
    of: /^packages\/console\/src\/(parts|api|words)\//,
    except: tests,
    mayNotImport: /^packages\/console\/src\/(pages|shell|router)/,
  },
  {
    name: 'packages know no hub, agent or protocol',
    why: 'packages are what the others are built from',
    of: /^packages\//,
    except: tests,
    mayNotImport: /^(hub|agent|protocols|simulators|test)\//,
  },
  {
    name: 'a protocol knows packages only',
    why: 'protocols are replaceable one by one; what they share is the device model',
    of: /^protocols\/[^/]+\/src\//,
    except: tests,
    mayNotImport: /^(hub|agent|simulators|test)\/|^protocols\/(?!OWN)/,
  },
  {
    name: 'a protocol touches sockets only in transport/',
    why: 'bytes and sessions are tested without a network',
    of: /^protocols\/[^/]+\/src\/(?!transport\/)/,
    except: tests,
    mayNotImport: /^node:/,
  },
  {
    name: 'the agent knows the wire only',
    why: 'it must stay small and must not depend on the hub',
    of: /^agent\/src\//,
    except: tests,
    mayNotImport: /^(hub|protocols|simulators|test)\/|^packages\/(?!wire|trust|json)/,
  },
  {
    name: "the agent's core touches no Node built-ins",
    why: 'the same core runs in a browser',
    of: /^agent\/src\/core\//,
    except: tests,
    mayNotImport: /^node:|^agent\/src\/(platform\/|page\/|apps\/|main)/,
  },
  {
    name: "the agent's page runs in a browser",
    why: 'there is no Node in a page, and what apps run on knows nothing of the device',
    of: /^agent\/src\/(platform\/browser|page|apps)\//,
    except: tests,
    mayNotImport: /^node:|^agent\/src\/(platform\/node|main)/,
  },
  {
    name: 'domain decides and touches nothing',
    why: 'plan apart from act: deciding code is pure',
    of: /^hub\/src\/modules\/[^/]+\/domain\//,
    except: tests,
    mayNotImport:
      /\/(app|store|http)\/|^node:(?!crypto)|^(hono|postgres|kysely)|^hub\/src\/(engine|compose|main|config)|^hub\/src\/platform\/(?!clock|errors|access|ids|decisions|markup)/,
  },
  {
    name: 'app knows storage only by the interfaces it declares',
    why: 'use cases read without SQL and HTTP in the way',
    of: /^hub\/src\/modules\/[^/]+\/app\//,
    except: tests,
    mayNotImport: /^hub\/src\/modules\/OWN\/(store|http)\/|^(hono|kysely|postgres)/,
  },
  {
    name: 'a module is entered by its index.ts',
    why: 'what is behind the face can change without asking the neighbours',
    of: /^hub\/src\//,
    mayNotImport: /^hub\/src\/modules\/(?!OWN\/)[^/]+\/(?!index\.ts)/,
  },
  {
    name: 'the hub has no code of tests in it',
    why: 'what runs in production is what production needs (OWASP ASVS 5, 15.2.3)',
    of: /^hub\/src\//,
    except: tests,
    mayNotImport: /^(test|simulators|agent|tools)\/|\.test\.ts$|\/test\//,
  },
  {
    name: 'only compose names the modules and protocols',
    why: 'one place shows how the house is put together',
    of: /^hub\/src\/(?!compose(\.ts|\/)|modules\/)/,
    except: tests,
    mayNotImport: /^hub\/src\/modules\/|^protocols\//,
  },
  {
    name: 'ground modules do not look up',
    why: 'what must flow back flows as an event or an engine signal',
    of: /^hub\/src\/modules\/(entity-management|registration|service-definitions)\//,
    except: tests,
    mayNotImport:
      /^hub\/src\/modules\/(order-processing|policy-and-preferences|service-consumer-interface|service-participant-interface|service-developer-interface)\//,
  },
  {
    name: 'edge modules are imported by compose only',
    why: 'service-consumer-interface and service-participant-interface are the edge',
    of: /^hub\/src\/modules\/(?!service-(consumer|participant)-interface\/)/,
    except: tests,
    mayNotImport: /^hub\/src\/modules\/service-(consumer|participant)-interface\//,
  },
  {
    name: 'entity-management imports no module',
    why: 'it is the ground that registration stands on',
    of: /^hub\/src\/modules\/entity-management\//,
    except: tests,
    mayNotImport: /^hub\/src\/modules\/(?!entity-management\/)/,
  },
  {
    name: 'the platform knows no module and not the engine',
    why: 'it carries them',
    of: /^hub\/src\/platform\//,
    except: tests,
    mayNotImport: /^hub\/src\/(modules|engine|compose|main)/,
  },
  {
    name: 'SQL is written in store/ only',
    why: 'a module’s tables are its own business, in one place',
    of: /^hub\/src\/(modules|engine)\/(?!([^/]+\/)?store\/)/,
    except: tests,
    mayNotContain: /\bsql`|\bsql<[^`]*>`|\bqueries</,
  },
  {
    name: 'routes are made in http/ only',
    why: 'use cases do not know how they are asked',
    of: /^hub\/src\/(modules|engine)\/(?!([^/]+\/)?(http\/|index\.ts))/,
    except: tests,
    mayNotImport: /^hono/,
  },
  {
    name: 'only the platform touches sockets',
    why: 'time-outs, bounds and guards stand there once',
    of: /^hub\/src\/(?!platform\/)/,
    except: tests,
    mayNotImport: sockets,
  },
  {
    name: 'only config.ts reads the environment',
    why: 'every setting is checked, documented and known at the start',
    of: /^hub\/src\/(?!config\.ts)/,
    except: tests,
    mayNotContain: /\bprocess\.env\b/,
  },
  {
    name: 'only clock.ts reads the time',
    why: 'tests inject it, and no timer can be early because of a second clock',
    of: /^hub\/src\/(?!platform\/clock\.ts)/,
    except: tests,
    mayNotContain: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/,
  },
]

/** Everything in `files` that breaks a rule. */
export function violations(files: readonly SourceFile[]): Violation[] {
  const found: Violation[] = []
  for (const file of files)
    for (const rule of rules)
      if (rule.of.test(file.path) && !rule.except?.test(file.path)) found.push(...broken(rule, file))
  return found
}

function broken(rule: Rule, file: SourceFile): Violation[] {
  const found: Violation[] = []
  const forbidden = rule.mayNotImport && ownFolder(rule.mayNotImport, file.path)
  for (const { to, typeOnly } of file.imports)
    if (forbidden?.test(to) && !(rule.typesAreFree && typeOnly)) found.push(violation(rule, file, `imports ${to}`))
  if (rule.mayNotContain) {
    const text = rule.mayNotContain.exec(withoutComments(file.text))
    if (text) found.push(violation(rule, file, `contains ${text[0]}`))
  }
  return found
}

/** `OWN` in a rule stands for the module, protocol or area of the console that the file belongs to. */
function ownFolder(pattern: RegExp, path: string): RegExp {
  const own = /^(?:hub\/src\/modules|protocols|packages\/console\/src\/pages)\/([^/]+)\//.exec(path)
  return new RegExp(pattern.source.replaceAll('OWN', own?.[1] ?? '-'))
}

function violation(rule: Rule, file: SourceFile, what: string): Violation {
  return { rule: rule.name, file: file.path, what, why: rule.why }
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}
