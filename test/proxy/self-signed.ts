// A self-signed certificate for localhost and its key, for tests only, made with
// "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=localhost".
export const SELF_SIGNED = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgTtB/kGebOrkbfUx7
CMEqbtw3Eri3skfdeF34yrOeu0mhRANCAAQFcCVIb0m8YwDs3ViBitNlGUvSnBfn
rLEWvQHOXW93fKdynljwKtSwosYoypUMNwvbqdNsHK8fDkTNxFx5lNrH
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUMJkuceucj71uz5vna/b8L1IRO9MwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDEwNDU1MVoYDzIxMjYxMDMx
MTA0NTUxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQFcCVIb0m8YwDs3ViBitNlGUvSnBfnrLEWvQHOXW93fKdynljwKtSw
osYoypUMNwvbqdNsHK8fDkTNxFx5lNrHo28wbTAdBgNVHQ4EFgQUH19Sb6P4vYht
dqySp2px96YcBQwwHwYDVR0jBBgwFoAUH19Sb6P4vYhtdqySp2px96YcBQwwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAOMJUgbbiyFSYEaHL3xWbgkPbDIMLMW36HKl5XDZB3Q4AiEA
pt3yHbX1Q4bp63elImIyB4PULoHWeHtBmAQO4hMQe9U=
-----END CERTIFICATE-----`,
};
