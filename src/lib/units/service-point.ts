/** A service point as its poster shows it. Owns the shape; service-point.server.ts reads it. */
import type { Localised } from '$lib/i18n/localised';

export interface ServicePoint {
	token: string;
	labels: Localised;
	unit: Localised;
	organisation: Localised;
	organisationId: string;
	phone: string;
	isDemo: boolean;
	/** True where a paper form can be had for people without a phone. */
	offersPaper: boolean;
	/** How long the form takes, in seconds. */
	seconds: 30 | 60 | 120;
}
