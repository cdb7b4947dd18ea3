// Types of the API, in the form openapi-typescript writes; `web/bin/api-types` replaces this file from docs/api/openapi.json.
export interface paths {
  '/api/v1/session': {
    get: { responses: { 200: { content: { 'application/json': components['schemas']['Session'] } } } };
    post: {
      requestBody: { content: { 'application/json': components['schemas']['SignIn'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['Session'] } } };
    };
    delete: { responses: { 204: { content?: never } } };
  };
}
export interface components {
  schemas: {
    Reference: { id: string; name: string };
    CampaignReference: { id: string; title: string };
    SignIn: { account: string; password: string };
    Session: {
      person: { id: string; name: string; account: string };
      post: { title: string; organization: components['schemas']['Reference'] };
      roles: string[];
      csrfToken: string;
      businessTime: string | null;
      demo: boolean;
      campaigns: components['schemas']['CampaignReference'][];
    };
  };
}
