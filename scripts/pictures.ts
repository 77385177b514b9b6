import { join } from 'node:path'
import { Command } from 'commander'
import { runProgram } from './options/runProgram.ts'
import { wholeNumber } from './options/wholeNumber.ts'
import { type PictureOptions, takePictures } from './pictures/takePictures.ts'
import { projectRoot } from './stack/project.ts'

const program = new Command('npm run pictures --')
  .description('Takes the pictures that README.md and docs/ show, on a stack of its own.')
  .option('--folder <path>', 'where they are put', join(projectRoot, 'docs/images'))
  .option('--songs <number>', 'songs to show', wholeNumber(1000, 1_000_000), 10_000)
  .option('--all', 'in the dark and on a phone, too', false)
  .allowExcessArguments(false)
  .action((flags: Omit<PictureOptions, 'report'>) =>
    takePictures({ ...flags, report: (message) => process.stderr.write(`${message}\n`) }),
  )

await runProgram(program)
