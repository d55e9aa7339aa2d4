import type { RequestHandler } from './$types';
import { askedFile, templateFile } from '$lib/exchange/files.server';

export const GET: RequestHandler = ({ params }) => templateFile(askedFile(params.file));
