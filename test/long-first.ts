import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Small files that take up to a minute and a half: begun last, as small files are, they would run on alone. */
const LONG = /test\/trouble\/fuzz-/

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}
