import Type from 'typebox'

/** Ours, and therefore closed but for the facts. */
export const pendingApproval = Type.Object(
  {
    id: Type.String(),
    tokenId: Type.Optional(Type.String({ description: 'The gateway token that the agent came with.' })),
    client: Type.String({ description: 'What the agent’s program calls itself, and its version.' }),
    asked: Type.Integer({ description: 'Milliseconds since 1970.' }),
    expires: Type.Integer({ description: 'The same; two minutes later.' }),
    shown: Type.Object(
      {
        action: Type.Enum(['create', 'stop', 'reboot', 'terminate']),
        regionId: Type.String(),
        count: Type.Integer({ description: 'How many instances it is about.' }),
        facts: Type.Object(
          {},
          {
            additionalProperties: true,
            description: '`instances` with their names and states, or the `instance` that is to be, and how.',
          },
        ),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)
