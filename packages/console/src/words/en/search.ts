export const search = {
  title: 'Search',
  label: 'Name, serial number, MAC address, e-mail address, or the beginning of an id',
  submit: 'Search',
  none: 'Nothing is called so',
  noneText:
    'Each word must occur; capital letters and accents do not matter, nor do colons and dashes of serial numbers. Only what you may see is found.',
  begin: 'What are you looking for?',
  more: 'There are more of this kind: say more of the name.',
  kinds: {
    device: 'Devices',
    user: 'People',
    household: 'Households',
    organisation: 'Organisations',
    group: 'Groups',
    'user-group': 'Groups of people',
    service: 'Services',
    order: 'Orders',
  } as Readonly<Record<string, string>>,
} as const
