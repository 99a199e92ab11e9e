import type { ReactNode } from 'react'
import { common } from '#words/common.ts'
import classes from './Facts.module.css'

/** What is known of a thing: a name and a value per line. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={classes['facts']}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes['fact']}>
          <dt>{name}</dt>
          <dd>{value === null || value === undefined || value === '' ? common.none : value}</dd>
        </div>
      ))}
    </dl>
  )
}
