import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { SecurityGroupRule } from '../../api/schema.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import panel from '../../parts/panel.module.css'
import { SafeText } from '../../parts/safe-text.tsx'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import { Delete } from './delete.tsx'
import { type Group, nameOf } from './facts.ts'
import classes from './networks.module.css'
import { isOpenToAll, ruleWords } from './rule-words.ts'

interface Props {
  group: Group
  groupName: (id: string) => string
}

export function GroupCard({ group, groupName }: Props) {
  const text = useText().networks
  const regionName = useRegionName()
  const id = useId()
  const [isDoomed, setDoomed] = useState(false)
  const rules = group.security_group_rules ?? []
  const name = nameOf(group)
  const [comingIn, goingOut] = [
    rules.filter(({ direction }) => direction !== 'egress'),
    rules.filter(({ direction }) => direction === 'egress'),
  ]
  return (
    <section className={`${panel.panel} ${classes.card}`} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id}>
          <SafeText>{name}</SafeText>
        </h2>
        <ActionIcon
          aria-label={text.deleteNamed(name)}
          title={text.deleteNamed(name)}
          onClick={() => setDoomed(true)}
        >
          <IconTrash size={17} stroke={1.6} aria-hidden />
        </ActionIcon>
      </div>
      <p className={classes.facts}>
        {regionName(group.regionId)} · <code>{group.id}</code>
        <CopyButton text={group.id ?? ''} what={text.id} />
        {group.description && (
          <>
            {' · '}
            <SafeText>{group.description}</SafeText>
          </>
        )}
      </p>
      <div className={classes.rules}>
        <Rules title={text.comingIn} none={text.noneIn} rules={comingIn} groupName={groupName} />
        <Rules title={text.goingOut} none={text.noneOut} rules={goingOut} groupName={groupName} />
      </div>
      {isDoomed && <Delete kind="group" what={group} onClose={() => setDoomed(false)} />}
    </section>
  )
}

interface RulesProps {
  title: string
  none: string
  rules: readonly SecurityGroupRule[]
  groupName: (id: string) => string
}

function Rules({ title, none, rules, groupName }: RulesProps) {
  const text = useText().networks
  return (
    <div>
      <h3>{title}</h3>
      {rules.length === 0 && <p className={classes.none}>{none}</p>}
      <ul className={classes.list}>
        {rules.map((rule) => (
          <li key={rule.id}>
            <SafeText>{ruleWords(rule, text.rule, groupName)}</SafeText>
            {isOpenToAll(rule) && (
              <span className={classes.open}>
                <IconAlertTriangle size={13} stroke={2} aria-hidden />
                {text.openToAll}
              </span>
            )}
            {rule.description && (
              <span className={classes.second}>
                <SafeText>{rule.description}</SafeText>
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
