import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { keypairsQuery } from '../../api/queries.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import { NewKeyPair } from './new-key-pair.tsx'
import { OneOf } from './one-of.tsx'
import { useFieldError } from './parts.tsx'
import { PrivateKey } from './private-key.tsx'
import { changeForm, useDraft } from './state.ts'

/** A key pair that there is, or a new one, made without leaving the form. */
export function KeyPairs() {
  const catalog = useText()
  const text = catalog.create.access
  const errorAt = useFieldError()
  const { form, privateKey } = useDraft()
  const isNew = privateKey?.regionId === form.regionId
  const [isMaking, setMaking] = useState(false)
  const pairs = useQuery(keypairsQuery([form.regionId]))
  return (
    <Loaded query={pairs}>
      {({ items, isWhole }) => {
        const names = new Set(items.flatMap(({ keypair }) => keypair?.name ?? []))
        if (privateKey && isNew) names.add(privateKey.name)
        const isEmpty = isWhole && names.size === 0
        return (
          <>
            {isEmpty ? (
              <p className={classes.hint}>{text.noKeys}</p>
            ) : (
              <div className={classes.fields}>
                <OneOf
                  label={text.key}
                  none={catalog.create.network.choose}
                  required
                  options={[...names]}
                  value={form.keyName}
                  error={errorAt('keyName')}
                  onChange={(keyName) => changeForm({ keyName })}
                />
              </div>
            )}
            {privateKey && <PrivateKey {...privateKey} />}
            {isMaking || isEmpty ? (
              <NewKeyPair regionId={form.regionId} onMade={() => setMaking(false)} />
            ) : (
              <Button variant="subtle" size="xs" mt="xs" onClick={() => setMaking(true)}>
                {text.newKey}
              </Button>
            )}
          </>
        )
      }}
    </Loaded>
  )
}
