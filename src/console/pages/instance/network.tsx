import type { Server } from '../../api/schema.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { Section } from '../../parts/section.tsx'
import small from '../../parts/small-table.module.css'
import { useText } from '../../text/locale.ts'
import classes from './instance.module.css'

export function Network({ server }: { server: Server }) {
  const text = useText().instance
  const addresses = Object.values(server.addresses ?? {}).flat()
  return (
    <Section title={text.groups.network} isWide>
      {addresses.length === 0 ? (
        <p className={classes.none}>{text.noAddresses}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys where it is wider than the page
        <section className={small.box} tabIndex={0} aria-label={text.groups.network}>
          <table className={small.table}>
            <thead>
              <tr>
                <th scope="col">{text.address}</th>
                <th scope="col">{text.addressKind}</th>
                <th scope="col">{text.mac}</th>
                <th scope="col">{text.port}</th>
              </tr>
            </thead>
            <tbody>
              {addresses.map((address) => (
                <tr key={`${address['OS-EXT-IPS:type']} ${address.addr}`}>
                  <td>
                    <span className={classes.copied}>
                      <strong>
                        <SafeText>{address.addr}</SafeText>
                      </strong>
                      <CopyButton text={address.addr ?? ''} what={address.addr ?? text.address} />
                    </span>
                  </td>
                  <td>{address['OS-EXT-IPS:type'] === 'floating' ? text.floating : text.fixed}</td>
                  <td>
                    <code>{address['OS-EXT-IPS-MAC:mac_addr']}</code>
                  </td>
                  <td>
                    <code>{address['OS-EXT-IPS:port_id']}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Section>
  )
}
