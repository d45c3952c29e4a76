/** The official SDK, loaded when somebody speaks MCP for the first time. */
export async function loadSdk() {
  const [{ Server }, types] = await Promise.all([
    import('@modelcontextprotocol/sdk/server/index.js'),
    import('@modelcontextprotocol/sdk/types.js'),
  ])
  return { Server, types }
}

export type Sdk = Awaited<ReturnType<typeof loadSdk>>

/** Undefined where it is not installed. Whatever else goes wrong is a bug, and told. */
export async function ifInstalled<Loaded>(load: () => Promise<Loaded>): Promise<Loaded | undefined> {
  try {
    return await load()
  } catch (error) {
    const { code, message } = Object(error)
    if (code === 'ERR_MODULE_NOT_FOUND' && /@modelcontextprotocol/.test(message)) return undefined
    throw error
  }
}
