import { ChooseNetwork } from './choose-network.tsx'
import { PublicIp } from './public-ip.tsx'
import { SecurityGroups } from './security-groups.tsx'

export function NetworkStep() {
  return (
    <>
      <ChooseNetwork />
      <SecurityGroups />
      <PublicIp />
    </>
  )
}
