import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { missingReasons, publishedTable, runStudy, signalTable, writeStudy } from './study.mjs'

/** Stars of repositories: usage with time and no money. */
export function stars(folder) {
  const sets = [
    { title: 'Stars that another tool suspects', ending: '_stars.csv.gz', file: 'suspected.csv.gz' },
    {
      title: 'Stars of one popular repository, mostly honest',
      ending: '_stargazers.csv.gz',
      file: 'one-repository.csv.gz',
    },
  ]
  // The files are named after projects, and no page may name one.
  const nameOf = (ending) => {
    const stars = join(folder, 'github-stars')
    return join(
      stars,
      readdirSync(stars).find((name) => name.endsWith(ending)),
    )
  }
  const parts = sets.map(({ title, ending, file }) => {
    const { report, commands } = runStudy(
      (to) => copyFileSync(nameOf(ending), join(to, file)),
      [
        [
          ...['import', file, '--table', 'usage', '--protocol', 'stars', '--chain', 'file:stars'],
          ...['--time', 'iso', '--map', 'consumer=actor,provider=repo,timestamp=starred_at'],
        ],
      ],
    )
    const { reported } = report
    return `
## ${title}

${reported.count} stars of ${reported.users} accounts on ${reported.providers} ${reported.providers === 1 ? 'repository' : 'repositories'}.

${commands}

${publishedTable(report)}

${missingReasons(report)}

${signalTable(report)}
`
  })
  writeStudy(
    'stars',
    `
# Stars as usage: time and no money

An account that stars a repository is a consumer, the repository a provider, and nothing is paid. Accounts and repositories
are pseudonyms. One set holds stars that StarScout suspects, chosen by it, so it holds no honest star to compare with; the
other holds the stars of one popular repository, most of them honest. The study shows what is left of an audit where there
is neither money nor a second side to choose. Nothing here is a statement about anybody.

Made by \`npm run studies\` from files of hehao98/StarScout (Apache-2.0) and a public list of stargazers; do not edit. They
are copied under names that name nobody.

${parts.join('\n')}

## What the numbers mean

- Without payments and transfers there is no certificate to give and no ownership to look for: signals that need them say
  that they **could not look**, which is not "nothing found".
- What is left is time: who acts together. Where signals of lockstep find more in the first set than in the second, they
  agree with another tool that looked at the same times, no more.

## What they do not mean

- The suspected stars are labels of a program, not truth, and no share of stars can be estimated from a set that was chosen.
- With one repository nobody chooses between providers, and signals that compare choices cannot speak.
`,
  )
}
