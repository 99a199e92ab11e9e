import { Anchor, Button, Menu, type AnchorProps, type ButtonProps, type MenuItemProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, RefAttributes } from 'react'

type Own<Props> = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Props | 'href'> &
  Omit<Props, 'href'> &
  RefAttributes<HTMLAnchorElement>

/** A link that looks like a button. */
export const LinkButton = createLink((props: Own<ButtonProps>) => <Button component="a" {...props} />)

/** A link within a text. */
export const TextLink = createLink((props: Own<AnchorProps>) => <Anchor {...props} />)

/** A link in a menu. */
export const MenuLink = createLink((props: Own<MenuItemProps>) => <Menu.Item component="a" {...props} />)
