/** Of a call that an agent makes: what the audit says of it beside the caller. */
export interface AgentNote {
  readonly tool: string
  /** What the agent's program calls itself, and its version. */
  readonly client: string
  /** Of what needs one: the approval, and who gave it. */
  readonly approval?: string
  readonly approvedBy?: string
}
