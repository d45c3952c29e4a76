import { isAbsolute, join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** What a process is told about the keys of its profiles. Apart from the settings, since these are secrets. */
export interface ProfilePlaces {
  readonly environment: Readonly<
    Record<'accessKey' | 'secretKey' | 'securityToken' | 'projectId', string | undefined>
  >
  /** Undefined without a home folder. */
  readonly credentialsFile: string | undefined
}

/** The official SDKs' names. */
export function profilePlaces(env: Environment): ProfilePlaces {
  const home = homeOf(env)
  return {
    environment: {
      accessKey: env.HUAWEICLOUD_SDK_AK,
      secretKey: env.HUAWEICLOUD_SDK_SK,
      securityToken: env.HUAWEICLOUD_SDK_SECURITY_TOKEN,
      projectId: env.HUAWEICLOUD_SDK_PROJECT_ID,
    },
    credentialsFile:
      env.HUAWEICLOUD_SDK_CREDENTIALS_FILE || (home && join(home, '.huaweicloud', 'credentials')),
  }
}

/** https://specifications.freedesktop.org/basedir-spec/latest/: a path that is not absolute counts as unset. */
export function usualTokenFile(env: Environment): string | undefined {
  const home = homeOf(env)
  const given = env.XDG_STATE_HOME ?? ''
  const folder = isAbsolute(given) ? given : home && join(home, '.local', 'state')
  return folder && join(folder, 'huawei-cloud-api', 'tokens.db')
}

const homeOf = ({ HOME, USERPROFILE }: Environment) => HOME || USERPROFILE || undefined
