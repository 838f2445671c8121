import { parseAbi } from 'viem'

/**
 * Entry to the second Agent Commerce Protocol, which logs in its modules: `job`, `memo`, `payment`, `account`. Source:
 * Virtual-Protocol/acp-node @d57d2def src/abis/acpAbiV2.ts. Base: 0xa6C9BA866992cfD7fd6460ba912bfa405adA9df0.
 */
export const virtualsRouter = parseAbi([
  'event ModuleUpdated(string indexed moduleType, address indexed oldModule, address indexed newModule)',
])
