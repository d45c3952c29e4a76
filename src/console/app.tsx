import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Router } from 'wouter'
import { queryClient } from './api/query-client.ts'
import { pageFacts } from './page-facts.ts'
import { Mishap } from './parts/mishap.tsx'
import { useSession } from './session/store.ts'
import { lazyPage } from './shell/lazy-page.ts'
import { cssVariables, theme } from './theme.ts'

const Shell = lazyPage(() => import('./shell/shell.tsx'))
const SignIn = lazyPage(() => import('./sign-in/sign-in.tsx'))

const colorScheme = localStorageColorSchemeManager({ key: 'hca-color-scheme' })

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
      getStyleNonce={() => pageFacts.nonce}
    >
      <QueryClientProvider client={queryClient}>
        <Router base="/console">
          <Mishap>
            <Door />
          </Mishap>
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  )
}

/** The address stays what it was: who signs in sees the page that was asked for. */
function Door() {
  const session = useSession()
  return <Suspense fallback={null}>{session ? <Shell /> : <SignIn />}</Suspense>
}
