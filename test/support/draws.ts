/**
 * How many draws a test of size takes: all of them in `npm run test:calibration`, and an eighth in `npm test`, which has to
 * end in minutes. The bound that a test is held against knows how many there were.
 */
export const drawsOf = (full: number): number => (process.env.WASHBOARD_DRAWS === 'full' ? full : Math.ceil(full / 8))
