import { Alert, Box, Tabs, Text } from '@mantine/core'
import type { EditorView } from '@codemirror/view'
import { type PatternReading, readPattern } from '@sutler/patterns'
import type { Diagnostic } from '@sutler/patterns/language'
import { useCallback, useRef, useState } from 'react'
import { models } from '#words/models.ts'
import { ModelDiagram } from '../../../parts/diagram/ModelDiagram.tsx'
import { PatternText } from '../../../parts/pattern/PatternText.tsx'
import { showRange } from '../../../parts/pattern/TextEditor.tsx'
import type { PatternReport } from '../../../parts/workbench/jobs.ts'
import { Findings } from './Findings.tsx'
import { Simulation } from './Simulation.tsx'
import { Way } from './Way.tsx'
import classes from './workspace.module.css'

interface WorkspaceProps {
  readonly text: string
  readonly onText?: (text: string) => void
  readonly onReport?: (report: PatternReport) => void
  readonly isReadOnly?: boolean
  /** Names of published models, for completion. */
  readonly models?: readonly string[]
}

type Witness = NonNullable<Diagnostic['witness']>

/**
 * A pattern's text beside its diagram, and what is wrong with it below. A click on a state or transition goes to where the text
 * says it; the cursor on a state's name marks the state.
 */
export function Workspace({ text, onText, onReport, isReadOnly = false, models: names }: WorkspaceProps) {
  const view = useRef<EditorView>(null)
  const [report, setReport] = useState<PatternReport | null>(null)
  const [fault, setFault] = useState<Error | null>(null)
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const [marked, setMarked] = useState<string | null>(null)
  const [way, setWay] = useState<Witness | null>(null)
  const take = (next: PatternReport | Error): void => {
    if (next instanceof Error) return setFault(next)
    setFault(null)
    setReport(next)
    if (next.model !== null && next.picture !== null) setDrawn({ model: next.model, picture: next.picture })
    onReport?.(next)
  }
  const goTo = useCallback((pointer: (reading: PatternReading) => string | null): void => {
    if (view.current === null) return
    const reading = readPattern(view.current.state.doc.toString())
    const wanted = pointer(reading)
    if (wanted === null) return
    const { start, end } = reading.placeOf(wanted)
    showRange(view.current, start.offset, end.offset)
  }, [])
  const toState = useCallback(
    (state: string) =>
      goTo(({ document }) => {
        const index = document?.states.indexOf(state) ?? -1
        return index === -1 ? null : `/states/${index}`
      }),
    [goTo],
  )
  const toTransition = useCallback((index: number) => goTo(() => `/transitions/${index}`), [goTo])
  return (
    <>
      <div className={classes['workspace']}>
        <PatternText
          text={text}
          onReport={take}
          onWord={(word) => setMarked(drawn?.model.states.includes(word) ? word : null)}
          isReadOnly={isReadOnly}
          height="min(68vh, 56rem)"
          view={view}
          {...(onText && { onText })}
          {...(names && { models: names })}
        />
        <Tabs defaultValue="diagram" keepMounted={false}>
          <Tabs.List mb="xs">
            <Tabs.Tab value="diagram">{models.editor.tabs.diagram}</Tabs.Tab>
            <Tabs.Tab value="simulation" disabled={drawn === null}>
              {models.editor.tabs.simulation}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="diagram">
            {way !== null && drawn !== null ? (
              <Way drawn={drawn} way={way} onClose={() => setWay(null)} />
            ) : (
              <Diagram drawn={drawn} report={report} marked={marked} onState={toState} onTransition={toTransition} />
            )}
          </Tabs.Panel>
          <Tabs.Panel value="simulation">{drawn !== null && <Simulation drawn={drawn} />}</Tabs.Panel>
        </Tabs>
      </div>
      {fault !== null && (
        <Alert color="orange" mt="sm">
          {fault.message}
        </Alert>
      )}
      {(!isReadOnly || (report?.diagnostics.length ?? 0) > 0) && (
        <Findings
          diagnostics={report?.diagnostics}
          onShow={({ range }) => view.current && showRange(view.current, range.start.offset, range.end.offset)}
          onWay={(witness) => setWay(witness)}
        />
      )}
    </>
  )
}

interface DiagramProps {
  readonly drawn: Drawn | null
  readonly report: PatternReport | null
  readonly marked: string | null
  readonly onState: (state: string) => void
  readonly onTransition: (transition: number) => void
}

function Diagram({ drawn, report, marked, onState, onTransition }: DiagramProps) {
  if (drawn === null)
    return (
      <Text c="dimmed" size="sm" py="xl" ta="center">
        {report === null ? models.editor.reading : models.editor.unreadable}
      </Text>
    )
  const isStale = report !== null && report.model === null
  return (
    <Box>
      <ModelDiagram
        model={drawn.model}
        picture={drawn.picture}
        marked={marked}
        onState={onState}
        onTransition={onTransition}
        height="min(63vh, 52rem)"
      />
      {isStale && (
        <Text size="sm" c="dimmed" mt={4}>
          {models.editor.stale}
        </Text>
      )}
    </Box>
  )
}

/** The last text without mistakes of writing, as a model and as a picture. */
export interface Drawn {
  readonly model: NonNullable<PatternReport['model']>
  readonly picture: NonNullable<PatternReport['picture']>
}
