import type { Flavor, Image } from '../api/schema.ts'

export type Architecture = 'x86' | 'Arm'

/** Huawei Cloud marks only what is made for Arm. */
export const architectureOfType = ({ os_extra_specs: specs = {} }: Flavor): Architecture =>
  specs['ecs:instance_architecture']?.startsWith('arm') ? 'Arm' : 'x86'

export const architectureOfImage = ({ __support_arm: isArm }: Image): Architecture =>
  isArm === 'true' ? 'Arm' : 'x86'
