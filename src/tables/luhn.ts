/** The digit behind others that checks them in the number of a payment card: Luhn's rule, ISO/IEC 7812-1. */
export function luhnDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, character, i) => {
    const digit = Number(character);
    return total + (i % 2 === 1 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit);
  }, 0);
  return `${(10 - (sum % 10)) % 10}`;
}
