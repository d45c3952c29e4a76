/** What a create must say of an instance, beside where it is to be. */
export const CREATE_FIELDS = {
  imageId: 'img-1',
  instanceType: 's6.large.2',
  name: 'test',
  vpcId: 'vpc-1',
  nics: [{ subnetId: 'net-1' }],
  rootVolume: { volumeType: 'SSD' },
}
