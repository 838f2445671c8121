import { z } from 'zod'

export const share = z.number().min(0).max(1).describe('A share from 0 to 1.')
export const integerText = z.string().regex(/^\d+$/).describe('A whole number as text, exact at any size.')
export const decimalText = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .describe('A decimal number as text, exact.')
export const time = z.iso.datetime().describe('UTC.')
export const unavailable = z.object({ status: z.literal('unavailable'), reason: z.string() })

/** A figure that was measured, or the reason why it could not be. Nothing in between. */
export function measured<shape extends z.ZodRawShape>(shape: shape) {
  return z.discriminatedUnion('status', [z.object({ status: z.literal('measured'), ...shape }), unavailable])
}

/** A published figure: an interval with its middle. */
export const publishedValue = measured({ low: share, mid: share, high: share })
