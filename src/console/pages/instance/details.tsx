import type { Regional } from '../../api/list.ts'
import type { Server } from '../../api/schema.ts'
import { Section } from '../../parts/section.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { chargingOf, flavorOf, groupsOf, memoryOf, vcpusOf, zoneOf } from '../instances/facts.ts'
import { Facts, idFact, textFact } from './facts.tsx'
import { othersOf } from './others.ts'

/** What Huawei Cloud tells of an instance, in groups. */
export function Details({ server }: { server: Regional<Server> }) {
  const catalog = useText()
  const format = useFormat()
  const regionName = useRegionName()
  const text = catalog.instance
  const { facts, groups } = text
  const { metadata, regionId } = server
  const charging = chargingOf(server)
  const memory = memoryOf(server)
  const vcpus = vcpusOf(server)
  const power = server['OS-EXT-STS:power_state']
  const region = regionName(regionId)
  const dateFact = (name: string, at: string | null | undefined) => ({
    name,
    value: at ? format.date(at) : undefined,
  })
  return (
    <>
      <Section title={groups.basics}>
        <Facts
          facts={[
            idFact(facts.id, server.id),
            textFact(text.description, server.description),
            { name: facts.region, value: region === regionId ? region : `${region} (${regionId})` },
            textFact(facts.zone, zoneOf(server)),
            dateFact(facts.created, server.created),
            dateFact(facts.updated, server.updated),
            dateFact(facts.launched, server['OS-SRV-USG:launched_at']),
            dateFact(facts.endsAt, server.auto_terminate_time),
            { name: facts.charging, value: charging && catalog.instances.charging[charging] },
            idFact(facts.project, server.tenant_id),
            textFact(facts.enterpriseProject, server.enterprise_project_id),
          ]}
        />
      </Section>
      <Section title={groups.system}>
        <Facts
          facts={[
            textFact(facts.flavor, flavorOf(server)),
            { name: facts.vcpus, value: vcpus === undefined ? undefined : format.number(vcpus) },
            { name: facts.memory, value: memory === undefined ? undefined : format.memory(memory) },
            textFact(facts.image, metadata?.image_name),
            idFact(facts.imageId, server.image?.id),
            textFact(
              facts.os,
              metadata?.os_type && metadata.os_bit
                ? text.bits(metadata.os_type, metadata.os_bit)
                : metadata?.os_type,
            ),
            textFact(facts.hostname, server['OS-EXT-SRV-ATTR:hostname']),
          ]}
        />
      </Section>
      <Section title={groups.state}>
        <Facts
          facts={[
            { name: facts.status, value: <StatusBadge status={server.status} /> },
            textFact(facts.task, server['OS-EXT-STS:task_state']),
            {
              name: facts.power,
              value:
                power === 1
                  ? text.powerStates.on
                  : power === 4
                    ? text.powerStates.off
                    : text.powerStates.none,
            },
            textFact(facts.keypair, server.key_name),
            { name: facts.locked, value: server.locked ? text.yes : text.no },
            idFact(facts.vpc, metadata?.vpc_id),
            textFact(facts.securityGroups, groupsOf(server).join(', ')),
            idFact(facts.host, server.hostId),
          ]}
        />
      </Section>
    </>
  )
}

export function Others({ server }: { server: Server }) {
  const text = useText().instance
  const others = othersOf(server)
  if (others.length === 0) return null
  return (
    <Section title={text.groups.others} isWide>
      <Facts facts={others.map(([name, value]) => textFact(name, value))} />
    </Section>
  )
}
