/**
 * The standard normal distribution: the one thing between a difference measured in its own error
 * and the probability of seeing such a difference by chance.
 */

/**
 * P(Z > z) for z ≥ 0, correct to about 1e-15 of its own size: the power series of the error function
 * near the middle, Laplace's continued fraction in the tail (Abramowitz and Stegun 1964, 7.1.6 and 26.2.14).
 */
export function upperTail(z: number): number {
	if (z < 0) return 1 - upperTail(-z);
	const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
	if (z < 2.5) {
		let [term, sum] = [z, z];
		for (let n = 1; term > sum * 1e-17; n++) {
			term *= (z * z) / (2 * n + 1);
			sum += term;
		}
		return 0.5 - density * sum;
	}
	let fraction = 0;
	for (let n = 120; n >= 1; n--) fraction = n / (z + fraction);
	return density / (z + fraction);
}

/** Probability of a distance of at least |z| from 0, on either side. */
export const twoSided = (z: number): number => 2 * upperTail(Math.abs(z));
