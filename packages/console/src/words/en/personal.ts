/** What is kept about a person, and people and households that are there twice. */
export const personal = {
  title: 'What is kept about them',
  text: 'Everybody may know what is kept about them, and may ask to be erased.',
  export: {
    button: 'Download all of it…',
    title: (name: string) => `Download what is kept about ${name}?`,
    text: 'You get one JSON file with what each part of the hub keeps, without secrets; of each list the newest 10,000. The audit says that you have taken it out.',
    verb: 'Download',
    done: (name: string) => `What is kept about ${name} was downloaded.`,
    file: (id: string) => `${id}.json`,
  },
  own: 'What is kept about you',
  merge: {
    button: 'Is there twice…',
    dialog: 'Is somebody there twice?',
    dialogHousehold: 'Is it there twice?',
    dialogText: 'Choose the other one. The next page shows what would move before anything does.',
    other: 'The other one',
    look: 'See what would move',
  },
  erase: 'Erase…',
} as const

export const erasure = {
  title: (name: string) => `Erase ${name}`,
  text: 'Nothing is erased yet: this is what would happen.',
  erased: 'What is erased, for good',
  nothingErased: 'Nothing is kept that would be erased.',
  stays: 'What stays, and why',
  nothingStays: 'Nothing stays.',
  notReached:
    'It does not reach what others have written of them in reasons and names, nor logs, backups, and what has left the hub by webhooks, e-mail and downloads.',
  verb: 'Erase for good…',
  confirm: (name: string) => `Erase ${name} for good?`,
  confirmText: 'There is no way back. Their id stays in orders and in the audit, without a name, and answers no more.',
  done: (name: string) => `${name} is erased.`,
  audit: 'Their rows of the audit',
} as const

export const holdings = { what: 'What', count: 'How many', because: 'Why' } as const

export const merging = {
  duplicates: {
    title: 'There twice',
    text: 'Who and what seems to be in the hub several times. Choose the one that stays, and look what another would give to it.',
    tabs: { users: 'People', households: 'Households and organisations' },
    because: {
      'e-mail': 'Same e-mail address',
      'name-and-household': 'Same name, in one household',
      'name-and-time-zone': 'Same name and time zone',
    },
    stays: 'Which one stays?',
    look: (name: string) => `See what ${name} would give to it`,
    none: 'Nobody seems to be there twice',
    noneHouseholds: 'None seems to be there twice',
    noneText: 'People are compared by e-mail address and by name in a household, households by name and time zone.',
    page: 'Sets of the same',
  },
  page: {
    title: (from: string, into: string) => `Make ${from} and ${into} one`,
    text: 'Nothing is changed yet: this is what would happen.',
    stays: 'Stays',
    givenUp: 'Is given up',
    swap: 'The other way round',
    moves: 'What moves to the one that stays',
    nothingMoves: 'Nothing: the other one has nothing of its own.',
    ends: 'What ends',
    nothingEnds: 'Nothing ends.',
    blocked: 'They cannot be made one as they are',
    verb: 'Make them one…',
    confirm: (from: string, into: string) => `Give ${from} up for ${into}?`,
    confirmText: (id: string) => `There is no way back. ${id} answers no more and names the one that stays.`,
    done: (into: string) => `They are one: ${into}.`,
    facts: {
      id: 'Id',
      email: 'E-mail',
      households: 'Households',
      kind: 'Kind',
      timeZone: 'Time zone',
      made: 'Made',
    },
  },
} as const
