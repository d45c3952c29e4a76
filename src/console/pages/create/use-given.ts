import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { imagesQuery, instanceTypesQuery } from '../../api/queries.ts'
import { chosenImage, chosenType } from './chosen.ts'
import type { Form } from './form.ts'
import { changeForm, currentDraft, startAnew } from './state.ts'

interface Given {
  region: string
  image: string
  type: string
}

/**
 * Chooses what a link says, `?region=…&image=…&type=…`, once, so that it can be chosen otherwise; answers what of it the
 * region does not have.
 */
export function useGiven(search: string): readonly string[] {
  const given = useMemo(() => givenBy(search), [search])
  const { region, image, type } = given
  useEffect(() => {
    if (!given.region) return
    if (currentDraft().sending.state === 'sent') startAnew()
    if (given.region !== currentDraft().form.regionId) changeForm({ regionId: given.region })
  }, [given])
  const images = useQuery({ ...imagesQuery([region]), enabled: region !== '' && image !== '' })
  const types = useQuery({ ...instanceTypesQuery([region]), enabled: region !== '' && type !== '' })
  const theImage = images.data?.items.find(({ id }) => id === image)
  const theType = types.data?.items.find(({ id }) => id === type)
  useOnce(given, theImage && { image: chosenImage(theImage) })
  useOnce(given, theType && { type: chosenType(theType) })
  return [
    ...(image !== '' && images.data?.isWhole && !theImage ? [image] : []),
    ...(type !== '' && types.data?.isWhole && !theType ? [type] : []),
  ]
}

function givenBy(search: string): Given {
  const query = new URLSearchParams(search)
  const [region = '', image = '', type = ''] = ['region', 'image', 'type'].map(
    (name) => query.get(name) ?? '',
  )
  return { region, image, type }
}

/** Once for a link, as soon as it is known; not any more when somebody has gone on to another region. */
function useOnce(given: Given, patch: Partial<Form> | undefined): void {
  const taken = useRef<Given>(undefined)
  useEffect(() => {
    if (!patch || taken.current === given) return
    taken.current = given
    if (currentDraft().form.regionId === given.region) changeForm(patch)
  }, [given, patch])
}
