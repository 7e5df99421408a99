-- Customers who are there before an import is measured: made in the server, a million in minutes.
INSERT INTO profiles (
    tenant_id, id, created_at, updated_at, created_by, updated_by, version, type, status, name, display_name,
    first_name, last_name, company_name, email, phone, address, company_tax_id, industry, company_size, website,
    gender, lifecycle_stage, membership_tier, attributes, metadata, primary_source, merged_from
)
SELECT (SELECT id FROM tenants), gen_random_uuid(), now() - n * interval '1 second', now() - n * interval '1 second',
       'system:benchmark', 'system:benchmark', 1, 'INDIVIDUAL', 'ACTIVE', first || ' ' || last, '', first, last,
       CASE WHEN n % 3 = 0 THEN 'บริษัท ' || last ELSE '' END, 'base' || n || '@mail' || n % 97 || '.co.th',
       '+669' || lpad(n::text, 8, '0'), jsonb_build_object('city', 'กรุงเทพมหานคร', 'postalCode', n % 90000), '',
       '', '', '', '', 'SUBSCRIBER', '', '{}', '{}', 'CRM', '[]'
  FROM generate_series(1, :base) AS n,
       LATERAL (SELECT
           (ARRAY['สมชาย', 'มะลิ', 'Anna', 'วิชัย', 'David', 'พรทิพย์', 'Grace', 'กิตติ'])[1 + n % 8] AS first,
           (ARRAY['สุขใจ', 'รักดี', 'Smithson', 'ทองคำ', 'ศรีสุข'])[1 + n % 5] || n % 9973 AS last) AS who;
INSERT INTO contact_points (tenant_id, id, profile_id, kind, value, type, source, created_at)
SELECT tenant_id, gen_random_uuid(), id, 'email', email, '', 'CRM', created_at FROM profiles
UNION ALL
SELECT tenant_id, gen_random_uuid(), id, 'phone', phone, '', 'CRM', created_at FROM profiles;
INSERT INTO profile_identifiers (
    tenant_id, id, profile_id, source, source_type, external_id, external_ref, match_quality, is_primary, is_active,
    matched_at, metadata, created_at, updated_at, created_by, updated_by
)
SELECT tenant_id, gen_random_uuid(), id, 'CRM', NULL, 'C' || substr(phone, 5), '', 100, true, true, created_at, '{}',
       created_at, created_at, 'system:benchmark', 'system:benchmark'
  FROM profiles;
