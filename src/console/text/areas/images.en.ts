export const imagesEn = {
  title: 'Images',
  description: 'What instances start from.',
}
