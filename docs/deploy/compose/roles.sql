-- Run once by the database image: the services log in with the password of the owner.
\set password `echo "$PGPASSWORD"`
alter user authenticator with password :'password';
alter user supabase_auth_admin with password :'password';
