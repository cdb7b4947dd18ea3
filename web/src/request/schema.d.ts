// Types of the API, in the form openapi-typescript writes; `web/bin/api-types` replaces this file from docs/api/openapi.json.
export interface paths {
  '/api/v1/session': {
    get: { responses: { 200: { content: { 'application/json': components['schemas']['Session'] } } } };
    post: {
      requestBody: { content: { 'application/json': components['schemas']['SignIn'] } };
      responses: { 200: { content: { 'application/json': components['schemas']['Session'] } } };
    };
    delete: { responses: { 200: { content: { 'application/json': Record<string, never> } } } };
  };
  '/api/v1/session/post': {
    post: {
      requestBody: { content: { 'application/json': { post: string } } };
      responses: { 200: { content: { 'application/json': components['schemas']['Session'] } } };
    };
  };
  '/api/v1/session/password': {
    put: {
      requestBody: { content: { 'application/json': { current: string; fresh: string } } };
      responses: { 200: { content: { 'application/json': Record<string, never> } } };
    };
  };
}
export interface components {
  schemas: {
    Reference: { id: string; name: string };
    CampaignReference: { id: string; title: string };
    SignIn: { account: string; password: string };
    Post: { id: string; title: string; role: string; organization: components['schemas']['Reference'] };
    Session: {
      person: { id: string; name: string; account: string };
      post: components['schemas']['Post'];
      posts: components['schemas']['Post'][];
      role: string;
      rights: string[];
      csrfToken: string;
      mustChangePassword: boolean;
      businessTime: string;
      businessTimeMoved: boolean;
      demo: boolean;
      campaigns: components['schemas']['CampaignReference'][];
    };
  };
}
