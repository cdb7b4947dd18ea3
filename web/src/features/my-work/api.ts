import { api } from '@/request/send';

export const readMyWork = () => api.GET('/api/v1/my-work');
export const readToReview = () => api.GET('/api/v1/review', { params: { query: { limit: 6 } } });
