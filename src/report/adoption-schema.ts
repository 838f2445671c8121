import { z } from 'zod'
import { integerText, measured, share, time } from './schema-parts.ts'

const units = integerText.nullable().describe('Null: no usage says how many, or in kinds that do not add up.')

const week = z.object({
  from: time.describe('Monday 00:00 UTC; the week ends with the next.'),
  whole: z
    .boolean()
    .describe('False where the usage of the network begins after its Monday or ends before its Friday.'),
  users: z.number().int().describe('Users with a counted usage in the week.'),
  share: share.describe('Of the population.'),
  usages: z.number().int(),
  units,
  once: z.object({ users: z.number().int(), units }).describe('Users with a single usage in the week.'),
  targets: z.number().int().describe('Users whose target of the week is known.'),
  reached: z.number().int().describe('Of these, at or above it.'),
  bareMinimum: z.object({ users: z.number().int(), units }).describe('Of these, above it by the margin at most.'),
})

const team = z.object({
  team: z.string(),
  members: z.number().int(),
  users: z.number().int().describe('Members with a counted usage.'),
  adoption: share.describe('Share of members active in a week, mean over the weeks.'),
  units,
  rankByUnits: z.number().int().nullable().describe('From 1. Null: the team has no known units.'),
  rankByUsers: z.number().int().describe('From 1, by adoption.'),
  bareMinimum: share.nullable().describe('Of the weekly targets of its members, those met at the bare minimum.'),
})

/** Weekly use of networks whose users are known beside their use, such as an organisation with teams and targets. */
export const adoptionSchema = measured({
  margin: share.describe('How far above a target still is the bare minimum.'),
  networks: z.array(
    z.object({
      protocol: z.string(),
      population: z.number().int().describe('Users, members of teams and whoever has a target.'),
      unitKind: z.string().nullable(),
      goal: z
        .object({ share, url: z.string(), quote: z.string().nullable(), date: z.string() })
        .nullable()
        .describe('The weekly adoption that the network says it aims at.'),
      weeks: z.array(week).describe('The last ones.'),
      weeksOmitted: z.number().int(),
      teams: z.array(team).describe('By units, the most first.'),
      teamsOmitted: z.number().int(),
    }),
  ),
})
