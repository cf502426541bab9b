// The call that the page makes unless the visitor chooses another one.

export const DEFAULT_TOKEN = 'c2c_demo';
export const DEFAULT_DESTINATION = '/public/support';
