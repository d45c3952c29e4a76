export const sandboxEn = {
  title: 'Sandbox',
  description: 'The local Huawei Cloud: its world, pace, clock, faults and log.',
}
