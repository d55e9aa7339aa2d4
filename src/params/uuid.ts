/** Addresses name a record by its UUID. */
export { isUuid as match } from '$lib/forms/is-uuid';
