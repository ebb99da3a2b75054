/** What a command ends with. */
export const EXIT = { success: 0, failed: 1, badInput: 2, interrupted: 130 } as const;
