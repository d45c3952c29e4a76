import { Button, Group as Row, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../../api/client.ts'
import { asApiError } from '../../api/error.ts'
import { ErrorState } from '../../parts/error-state.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import { changeForm } from './state.ts'

interface Props {
  regionId: string
  /** Where there is one already, only a subnet is made. */
  vpcId?: string
  onMade: () => void
}

/** A VPC with a subnet, or a subnet alone, made without leaving the form. */
export function NewNetwork({ regionId, vpcId, onMade }: Props) {
  const text = useText().create.network
  const client = useQueryClient()
  const [name, setName] = useState('vpc-console')
  const [cidr, setCidr] = useState('192.168.0.0/16')
  const [subnetCidr, setSubnetCidr] = useState('192.168.0.0/24')
  const [gateway, setGateway] = useState('192.168.0.1')
  // What was made before the subnet failed is used at the next try.
  const [madeVpcId, setMadeVpcId] = useState(vpcId)
  const make = useMutation({
    mutationFn: async () => {
      let id = madeVpcId
      if (!id) {
        const { vpc } = await call('createVpc', { body: { regionId, name: name.trim(), cidr: cidr.trim() } })
        id = vpc?.id ?? ''
        setMadeVpcId(id)
      }
      const { subnet } = await call('createSubnet', {
        body: {
          regionId,
          vpcId: id,
          name: `${name.trim()}-subnet`,
          cidr: subnetCidr.trim(),
          gatewayIp: gateway.trim(),
        },
      })
      return { vpcId: id, subnetId: subnet?.id ?? '' }
    },
    onSuccess: (made) => {
      changeForm(made)
      onMade()
    },
    onSettled: () => {
      for (const key of ['listVpcs', 'listSubnets', 'listSecurityGroups'])
        void client.invalidateQueries({ queryKey: [key] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!make.isPending) make.mutate()
  }
  const isHalfMade = madeVpcId !== undefined && madeVpcId !== vpcId
  return (
    <form className={classes.inset} onSubmit={submit}>
      {make.error && <ErrorState error={asApiError(make.error)} isInline />}
      {make.error && isHalfMade && <Notice tone="info" title={text.halfMade} />}
      <div className={classes.fields}>
        <TextInput
          label={text.newName}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          pattern="[\p{L}\p{N}_.\-]{1,57}"
          required
        />
        {!madeVpcId && (
          <TextInput
            label={text.newCidr}
            value={cidr}
            onChange={(event) => setCidr(event.currentTarget.value)}
            required
          />
        )}
        <TextInput
          label={text.newSubnetCidr}
          value={subnetCidr}
          onChange={(event) => setSubnetCidr(event.currentTarget.value)}
          required
        />
        <TextInput
          label={text.gateway}
          value={gateway}
          onChange={(event) => setGateway(event.currentTarget.value)}
          required
        />
      </div>
      <Row mt="sm">
        <Button type="submit" loading={make.isPending}>
          {madeVpcId ? text.makeSubnet : text.make}
        </Button>
      </Row>
    </form>
  )
}
