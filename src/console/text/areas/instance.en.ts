export const instanceEn = {
  title: 'Instance',
  description: 'Everything that Huawei Cloud tells of it.',
}
