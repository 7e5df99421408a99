"""The site all model admins stand on."""

# Not in cdp.admin: that registers into the site, so making the site would need the site.
