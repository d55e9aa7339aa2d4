// Written by `npm run types` from the migrations; never edited by hand.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "archive_requests": {
                  Row: {
                    "asked_at": string,"asked_by": string,"bytes": number | null,"confirmed_at": string | null,"confirmed_by": string | null,"downloaded_at": string | null,"id": string,"job_id": string | null,"organisation_id": string,"plan": Json | null,"ready_at": string | null,"recipient": string,"row_count": number | null,"withdrawn_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "asked_at"?: string,"asked_by": string,"bytes"?: number | null,"confirmed_at"?: string | null,"confirmed_by"?: string | null,"downloaded_at"?: string | null,"id"?: string,"job_id"?: string | null,"organisation_id": string,"plan"?: Json | null,"ready_at"?: string | null,"recipient": string,"row_count"?: number | null,"withdrawn_at"?: string | null
                  }
                  Update: {
                    "asked_at"?: string,"asked_by"?: string,"bytes"?: number | null,"confirmed_at"?: string | null,"confirmed_by"?: string | null,"downloaded_at"?: string | null,"id"?: string,"job_id"?: string | null,"organisation_id"?: string,"plan"?: Json | null,"ready_at"?: string | null,"recipient"?: string,"row_count"?: number | null,"withdrawn_at"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "archive_requests_asked_by_fkey"
      columns: ["asked_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "archive_requests_confirmed_by_fkey"
      columns: ["confirmed_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "archive_requests_job_id_fkey"
      columns: ["job_id"]
isOneToOne: false
      referencedRelation: "jobs"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "archive_requests_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"audit_log": {
                  Row: {
                    "action": string,"actor_id": string | null,"actor_kind": string,"at": string,"changes": NonNullable<Json>,"erased_by": number | null,"hash": string,"organisation_id": string | null,"previous_hash": string,"record_id": string,"record_type": string,"seq": number,"unit_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "action": string,"actor_id"?: string | null,"actor_kind": string,"at": string,"changes": NonNullable<Json>,"erased_by"?: number | null,"hash": string,"organisation_id"?: string | null,"previous_hash": string,"record_id": string,"record_type": string,"seq": number,"unit_id"?: string | null
                  }
                  Update: {
                    "action"?: string,"actor_id"?: string | null,"actor_kind"?: string,"at"?: string,"changes"?: NonNullable<Json>,"erased_by"?: number | null,"hash"?: string,"organisation_id"?: string | null,"previous_hash"?: string,"record_id"?: string,"record_type"?: string,"seq"?: number,"unit_id"?: string | null
                  }
                  Relationships: [
                    
                  ]
                },"deletion_requests": {
                  Row: {
                    "archive_id": string | null,"asked_at": string,"asked_by": string,"confirmed_at": string | null,"confirmed_by": string | null,"deleted": NonNullable<Json>,"id": string,"organisation_id": string,"people": (string)[] | null,"run_after": string | null,"started_at": string | null,"stopped_at": string | null,"stopped_by": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "archive_id"?: string | null,"asked_at"?: string,"asked_by": string,"confirmed_at"?: string | null,"confirmed_by"?: string | null,"deleted"?: NonNullable<Json>,"id"?: string,"organisation_id": string,"people"?: (string)[] | null,"run_after"?: string | null,"started_at"?: string | null,"stopped_at"?: string | null,"stopped_by"?: string | null
                  }
                  Update: {
                    "archive_id"?: string | null,"asked_at"?: string,"asked_by"?: string,"confirmed_at"?: string | null,"confirmed_by"?: string | null,"deleted"?: NonNullable<Json>,"id"?: string,"organisation_id"?: string,"people"?: (string)[] | null,"run_after"?: string | null,"started_at"?: string | null,"stopped_at"?: string | null,"stopped_by"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "deletion_requests_asked_by_fkey"
      columns: ["asked_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "deletion_requests_confirmed_by_fkey"
      columns: ["confirmed_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "deletion_requests_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "deletion_requests_stopped_by_fkey"
      columns: ["stopped_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    }
                  ]
                },"holidays": {
                  Row: {
                    "day": string,"id": string,"name": NonNullable<Json>,"organisation_id": string | null,"works": boolean
                  }
                  ComputedFields: never
                  Insert: {
                    "day": string,"id"?: string,"name": NonNullable<Json>,"organisation_id"?: string | null,"works"?: boolean
                  }
                  Update: {
                    "day"?: string,"id"?: string,"name"?: NonNullable<Json>,"organisation_id"?: string | null,"works"?: boolean
                  }
                  Relationships: [
                    {
      foreignKeyName: "holidays_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"invitations": {
                  Row: {
                    "accepted_at": string | null,"accepted_by": string | null,"created_at": string,"email": string | null,"expires_at": string,"id": string,"invited_by": string | null,"organisation_id": string,"revoked_at": string | null,"role": string,"token_hash": string,"unit_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"email"?: string | null,"expires_at"?: string,"id"?: string,"invited_by"?: string | null,"organisation_id": string,"revoked_at"?: string | null,"role": string,"token_hash": string,"unit_id": string
                  }
                  Update: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"email"?: string | null,"expires_at"?: string,"id"?: string,"invited_by"?: string | null,"organisation_id"?: string,"revoked_at"?: string | null,"role"?: string,"token_hash"?: string,"unit_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "invitations_accepted_by_fkey"
      columns: ["accepted_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invitations_invited_by_fkey"
      columns: ["invited_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invitations_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invitations_unit_id_fkey"
      columns: ["unit_id"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["id"]
    }
                  ]
                },"jobs": {
                  Row: {
                    "asked_by": string | null,"attempts": number,"created_at": string,"finished_at": string | null,"id": string,"kind": string,"last_error": string | null,"organisation_id": string | null,"payload": NonNullable<Json>,"progress": number,"progress_of": number | null,"result": Json | null,"run_after": string,"state": string,"taken_until": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "asked_by"?: string | null,"attempts"?: number,"created_at"?: string,"finished_at"?: string | null,"id"?: string,"kind": string,"last_error"?: string | null,"organisation_id"?: string | null,"payload"?: NonNullable<Json>,"progress"?: number,"progress_of"?: number | null,"result"?: Json | null,"run_after"?: string,"state"?: string,"taken_until"?: string | null
                  }
                  Update: {
                    "asked_by"?: string | null,"attempts"?: number,"created_at"?: string,"finished_at"?: string | null,"id"?: string,"kind"?: string,"last_error"?: string | null,"organisation_id"?: string | null,"payload"?: NonNullable<Json>,"progress"?: number,"progress_of"?: number | null,"result"?: Json | null,"run_after"?: string,"state"?: string,"taken_until"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "jobs_asked_by_fkey"
      columns: ["asked_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "jobs_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"members": {
                  Row: {
                    "ended_at": string | null,"id": string,"organisation_id": string,"person_id": string,"role": string,"since": string,"unit_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "ended_at"?: string | null,"id"?: string,"organisation_id": string,"person_id": string,"role": string,"since"?: string,"unit_id": string
                  }
                  Update: {
                    "ended_at"?: string | null,"id"?: string,"organisation_id"?: string,"person_id"?: string,"role"?: string,"since"?: string,"unit_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "members_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "members_person_id_fkey"
      columns: ["person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "members_unit_id_fkey"
      columns: ["unit_id"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["id"]
    }
                  ]
                },"organisations": {
                  Row: {
                    "address": Json | null,"audit_months": number,"closes_at": string,"comment_months": number,"created_at": string,"data_protection_contact": string | null,"email": string,"id": string,"is_demo": boolean,"locale": string,"names": NonNullable<Json>,"opens_at": string,"phone": string,"response_months": number,"revision": number,"scheme": string
                  }
                  ComputedFields: never
                  Insert: {
                    "address"?: Json | null,"audit_months"?: number,"closes_at"?: string,"comment_months"?: number,"created_at"?: string,"data_protection_contact"?: string | null,"email": string,"id"?: string,"is_demo"?: boolean,"locale"?: string,"names": NonNullable<Json>,"opens_at"?: string,"phone": string,"response_months"?: number,"revision"?: number,"scheme"?: string
                  }
                  Update: {
                    "address"?: Json | null,"audit_months"?: number,"closes_at"?: string,"comment_months"?: number,"created_at"?: string,"data_protection_contact"?: string | null,"email"?: string,"id"?: string,"is_demo"?: boolean,"locale"?: string,"names"?: NonNullable<Json>,"opens_at"?: string,"phone"?: string,"response_months"?: number,"revision"?: number,"scheme"?: string
                  }
                  Relationships: [
                    
                  ]
                },"outbox": {
                  Row: {
                    "attempts": number,"created_at": string,"id": string,"kind": string,"last_error": string | null,"organisation_id": string | null,"payload": NonNullable<Json>,"recipient": string,"run_after": string
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"created_at"?: string,"id"?: string,"kind": string,"last_error"?: string | null,"organisation_id"?: string | null,"payload": NonNullable<Json>,"recipient": string,"run_after"?: string
                  }
                  Update: {
                    "attempts"?: number,"created_at"?: string,"id"?: string,"kind"?: string,"last_error"?: string | null,"organisation_id"?: string | null,"payload"?: NonNullable<Json>,"recipient"?: string,"run_after"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "outbox_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"people": {
                  Row: {
                    "created_at": string,"email": string,"id": string,"name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"email": string,"id": string,"name": string
                  }
                  Update: {
                    "created_at"?: string,"email"?: string,"id"?: string,"name"?: string
                  }
                  Relationships: [
                    
                  ]
                },"point_checks": {
                  Row: {
                    "checked_on": string,"id": string,"month": string,"organisation_id": string,"person_id": string | null,"service_point_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "checked_on"?: string,"id"?: string,"month": string,"organisation_id": string,"person_id"?: string | null,"service_point_id": string
                  }
                  Update: {
                    "checked_on"?: string,"id"?: string,"month"?: string,"organisation_id"?: string,"person_id"?: string | null,"service_point_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "point_checks_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "point_checks_person_id_fkey"
      columns: ["person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "point_checks_service_point_id_fkey"
      columns: ["service_point_id"]
isOneToOne: false
      referencedRelation: "service_points"
      referencedColumns: ["id"]
    }
                  ]
                },"procedure_groups": {
                  Row: {
                    "code": string,"deciding_unit_id": string,"id": string,"names": NonNullable<Json>,"organisation_id": string,"revision": number
                  }
                  ComputedFields: never
                  Insert: {
                    "code": string,"deciding_unit_id": string,"id"?: string,"names": NonNullable<Json>,"organisation_id": string,"revision"?: number
                  }
                  Update: {
                    "code"?: string,"deciding_unit_id"?: string,"id"?: string,"names"?: NonNullable<Json>,"organisation_id"?: string,"revision"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "procedure_groups_deciding_unit_id_fkey"
      columns: ["deciding_unit_id"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "procedure_groups_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"procedures": {
                  Row: {
                    "code": string,"deciding_unit_id": string,"id": string,"name": string,"organisation_id": string,"procedure_group_id": string,"revision": number,"search": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "code": string,"deciding_unit_id": string,"id"?: string,"name": string,"organisation_id": string,"procedure_group_id": string,"revision"?: number,"search"?: never
                  }
                  Update: {
                    "code"?: string,"deciding_unit_id"?: string,"id"?: string,"name"?: string,"organisation_id"?: string,"procedure_group_id"?: string,"revision"?: number,"search"?: never
                  }
                  Relationships: [
                    {
      foreignKeyName: "procedures_deciding_unit_id_fkey"
      columns: ["deciding_unit_id"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "procedures_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "procedures_procedure_group_id_fkey"
      columns: ["procedure_group_id"]
isOneToOne: false
      referencedRelation: "procedure_groups"
      referencedColumns: ["id"]
    }
                  ]
                },"questionnaire_versions": {
                  Row: {
                    "definition": NonNullable<Json>,"id": string,"number": number,"published_at": string | null,"questionnaire_id": string,"readers": NonNullable<Json>,"revision": number
                  }
                  ComputedFields: never
                  Insert: {
                    "definition": NonNullable<Json>,"id"?: string,"number": number,"published_at"?: string | null,"questionnaire_id": string,"readers"?: NonNullable<Json>,"revision"?: number
                  }
                  Update: {
                    "definition"?: NonNullable<Json>,"id"?: string,"number"?: number,"published_at"?: string | null,"questionnaire_id"?: string,"readers"?: NonNullable<Json>,"revision"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "questionnaire_versions_questionnaire_id_fkey"
      columns: ["questionnaire_id"]
isOneToOne: false
      referencedRelation: "questionnaires"
      referencedColumns: ["id"]
    }
                  ]
                },"questionnaires": {
                  Row: {
                    "code": string,"id": string,"names": NonNullable<Json>,"organisation_id": string,"revision": number
                  }
                  ComputedFields: never
                  Insert: {
                    "code": string,"id"?: string,"names": NonNullable<Json>,"organisation_id": string,"revision"?: number
                  }
                  Update: {
                    "code"?: string,"id"?: string,"names"?: NonNullable<Json>,"organisation_id"?: string,"revision"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "questionnaires_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    }
                  ]
                },"replaced_tokens": {
                  Row: {
                    "organisation_id": string,"reason": string | null,"replaced_at": string,"service_point_id": string,"token": string
                  }
                  ComputedFields: never
                  Insert: {
                    "organisation_id": string,"reason"?: string | null,"replaced_at"?: string,"service_point_id": string,"token": string
                  }
                  Update: {
                    "organisation_id"?: string,"reason"?: string | null,"replaced_at"?: string,"service_point_id"?: string,"token"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "replaced_tokens_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "replaced_tokens_service_point_id_fkey"
      columns: ["service_point_id"]
isOneToOne: false
      referencedRelation: "service_points"
      referencedColumns: ["id"]
    }
                  ]
                },"response_comments": {
                  Row: {
                    "body": string,"counted_on": string,"pool": string,"released_month": string | null,"response_id": string,"service_point_id": string,"state": string
                  }
                  ComputedFields: never
                  Insert: {
                    "body": string,"counted_on": string,"pool": string,"released_month"?: string | null,"response_id": string,"service_point_id": string,"state"?: string
                  }
                  Update: {
                    "body"?: string,"counted_on"?: string,"pool"?: string,"released_month"?: string | null,"response_id"?: string,"service_point_id"?: string,"state"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "response_comments_response_id_fkey"
      columns: ["response_id"]
isOneToOne: true
      referencedRelation: "responses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "response_comments_service_point_id_fkey"
      columns: ["service_point_id"]
isOneToOne: false
      referencedRelation: "service_points"
      referencedColumns: ["id"]
    }
                  ]
                },"responses": {
                  Row: {
                    "counted_on": string,"date": string,"facts": Json | null,"id": string,"is_morning": boolean,"quality_flags": (string)[] | null,"ratings": (number)[],"stratum_id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "counted_on": string,"date": string,"facts"?: Json | null,"id"?: string,"is_morning": boolean,"quality_flags"?: (string)[] | null,"ratings": (number)[],"stratum_id": number
                  }
                  Update: {
                    "counted_on"?: string,"date"?: string,"facts"?: Json | null,"id"?: string,"is_morning"?: boolean,"quality_flags"?: (string)[] | null,"ratings"?: (number)[],"stratum_id"?: number
                  }
                  Relationships: [
                    
                  ]
                },"served_counts": {
                  Row: {
                    "day": string,"entered_at": string,"entered_by": string | null,"entered_via": string,"id": string,"organisation_id": string,"procedure_group_id": string | null,"served": number,"service_point_id": string,"unit_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "day": string,"entered_at"?: string,"entered_by"?: string | null,"entered_via": string,"id"?: string,"organisation_id": string,"procedure_group_id"?: string | null,"served": number,"service_point_id": string,"unit_id": string
                  }
                  Update: {
                    "day"?: string,"entered_at"?: string,"entered_by"?: string | null,"entered_via"?: string,"id"?: string,"organisation_id"?: string,"procedure_group_id"?: string | null,"served"?: number,"service_point_id"?: string,"unit_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "served_counts_entered_by_fkey"
      columns: ["entered_by"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "served_counts_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "served_counts_procedure_group_id_fkey"
      columns: ["procedure_group_id"]
isOneToOne: false
      referencedRelation: "procedure_groups"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "served_counts_service_point_id_fkey"
      columns: ["service_point_id"]
isOneToOne: false
      referencedRelation: "service_points"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "served_counts_unit_id_fkey"
      columns: ["unit_id"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["id"]
    }
                  ]
                },"service_point_groups": {
                  Row: {
                    "position": number,"procedure_group_id": string,"service_point_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "position": number,"procedure_group_id": string,"service_point_id": string
                  }
                  Update: {
                    "position"?: number,"procedure_group_id"?: string,"service_point_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "service_point_groups_procedure_group_id_fkey"
      columns: ["procedure_group_id"]
isOneToOne: false
      referencedRelation: "procedure_groups"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "service_point_groups_service_point_id_fkey"
      columns: ["service_point_id"]
isOneToOne: false
      referencedRelation: "service_points"
      referencedColumns: ["id"]
    }
                  ]
                },"service_points": {
                  Row: {
                    "code": string | null,"created_at": string,"default_deciding_unit_id": string,"id": string,"inactive_reason": string | null,"is_active": boolean,"kind": string,"labels": NonNullable<Json>,"moment": string,"offers_paper": boolean,"organisation_id": string,"questionnaire_id": string | null,"revision": number,"scope_line": Json | null,"staff_person_id": string | null,"staffed_by": string,"token": string,"unit_id": string,"version_id": string,"wording": string
                  }
                  ComputedFields: never
                  Insert: {
                    "code"?: string | null,"created_at"?: string,"default_deciding_unit_id": string,"id"?: string,"inactive_reason"?: string | null,"is_active"?: boolean,"kind": string,"labels": NonNullable<Json>,"moment": string,"offers_paper"?: boolean,"organisation_id": string,"questionnaire_id"?: string | null,"revision"?: number,"scope_line"?: Json | null,"staff_person_id"?: string | null,"staffed_by"?: string,"token"?: string,"unit_id": string,"version_id": string,"wording"?: string
                  }
                  Update: {
                    "code"?: string | null,"created_at"?: string,"default_deciding_unit_id"?: string,"id"?: string,"inactive_reason"?: string | null,"is_active"?: boolean,"kind"?: string,"labels"?: NonNullable<Json>,"moment"?: string,"offers_paper"?: boolean,"organisation_id"?: string,"questionnaire_id"?: string | null,"revision"?: number,"scope_line"?: Json | null,"staff_person_id"?: string | null,"staffed_by"?: string,"token"?: string,"unit_id"?: string,"version_id"?: string,"wording"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "service_points_default_deciding_unit_id_fkey"
      columns: ["default_deciding_unit_id"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "service_points_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "service_points_questionnaire_id_fkey"
      columns: ["questionnaire_id"]
isOneToOne: false
      referencedRelation: "questionnaires"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "service_points_staff_person_id_fkey"
      columns: ["staff_person_id"]
isOneToOne: false
      referencedRelation: "people"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "service_points_unit_id_fkey"
      columns: ["unit_id"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "service_points_version_id_fkey"
      columns: ["version_id"]
isOneToOne: false
      referencedRelation: "questionnaire_versions"
      referencedColumns: ["id"]
    }
                  ]
                },"unit_successions": {
                  Row: {
                    "id": string,"on_day": string,"organisation_id": string,"predecessor_id": string,"successor_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "id"?: string,"on_day": string,"organisation_id": string,"predecessor_id": string,"successor_id": string
                  }
                  Update: {
                    "id"?: string,"on_day"?: string,"organisation_id"?: string,"predecessor_id"?: string,"successor_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "unit_successions_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "unit_successions_predecessor_id_fkey"
      columns: ["predecessor_id"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "unit_successions_successor_id_fkey"
      columns: ["successor_id"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["id"]
    }
                  ]
                },"unit_tree": {
                  Row: {
                    "ancestor_id": string,"depth": number,"descendant_id": string,"valid_from": string,"valid_to": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "ancestor_id": string,"depth": number,"descendant_id": string,"valid_from": string,"valid_to"?: string | null
                  }
                  Update: {
                    "ancestor_id"?: string,"depth"?: number,"descendant_id"?: string,"valid_from"?: string,"valid_to"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "unit_tree_ancestor_id_fkey"
      columns: ["ancestor_id"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "unit_tree_descendant_id_fkey"
      columns: ["descendant_id"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["id"]
    }
                  ]
                },"units": {
                  Row: {
                    "closed_reason": string | null,"code": string | null,"created_at": string,"id": string,"kind": string,"names": NonNullable<Json>,"organisation_id": string,"parent_id": string | null,"questionnaire_id": string | null,"revision": number,"search": string | null,"sort": number,"valid_from": string,"valid_to": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "closed_reason"?: string | null,"code"?: string | null,"created_at"?: string,"id"?: string,"kind": string,"names": NonNullable<Json>,"organisation_id": string,"parent_id"?: string | null,"questionnaire_id"?: string | null,"revision"?: number,"search"?: never,"sort"?: number,"valid_from"?: string,"valid_to"?: string | null
                  }
                  Update: {
                    "closed_reason"?: string | null,"code"?: string | null,"created_at"?: string,"id"?: string,"kind"?: string,"names"?: NonNullable<Json>,"organisation_id"?: string,"parent_id"?: string | null,"questionnaire_id"?: string | null,"revision"?: number,"search"?: never,"sort"?: number,"valid_from"?: string,"valid_to"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "units_organisation_id_fkey"
      columns: ["organisation_id"]
isOneToOne: false
      referencedRelation: "organisations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "units_parent_id_fkey"
      columns: ["parent_id"]
isOneToOne: false
      referencedRelation: "units"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "units_questionnaire_id_fkey"
      columns: ["questionnaire_id"]
isOneToOne: false
      referencedRelation: "questionnaires"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "accept_invitation":
{ Args: { "p_name": string,"p_token": string }; Returns: Json
                           },
"acknowledge_alert":
{ Args: { "p_alert": string,"p_note": string,"p_seen": number }; Returns: Json
                           },
"add_points":
{ Args: { "p_batch": Json,"p_unit": string }; Returns: Json
                           },
"alert_series":
{ Args: { "p_after"?: string,"p_organisation": string }; Returns: Json
                           },
"alert_work":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"apply_import":
{ Args: { "p_import": string }; Returns: Json
                           },
"archive_begin":
{ Args: { "p_request": string }; Returns: Json
                           },
"archive_files":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"archive_page":
{ Args: { "p_after"?: string,"p_request": string,"p_rows"?: number,"p_table": string }; Returns: Json
                           },
"archive_ready":
{ Args: { "p_bytes": number,"p_request": string,"p_rows": number }; Returns: boolean
                           },
"ask_archive":
{ Args: { "p_organisation": string,"p_recipient": string }; Returns: string
                           },
"ask_deletion":
{ Args: { "p_organisation": string }; Returns: string
                           },
"change_office_hours":
{ Args: { "p_closes": string,"p_opens": string,"p_organisation": string,"p_revision": number }; Returns: Json
                           },
"change_protection":
{ Args: { "p_confirmed"?: boolean,"p_organisation": string,"p_revision": number,"p_values": Json }; Returns: Json
                           },
"change_role":
{ Args: { "p_member": string,"p_role": string }; Returns: undefined
                           },
"check_import":
{ Args: { "p_import": string }; Returns: Json
                           },
"check_import_chunk":
{ Args: { "p_import": string,"p_rows"?: number }; Returns: Json
                           },
"check_points":
{ Args: { "p_batch": Json,"p_unit": string }; Returns: number
                           },
"check_recording":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"choose_units":
{ Args: { "p_everywhere"?: boolean,"p_search"?: string,"p_unit": string }; Returns: Json
                           },
"claim_job":
{ Args: { "p_kinds": (string)[],"p_seconds"?: number }; Returns: Json
                           },
"claim_lease":
{ Args: { "p_holder": string,"p_name": string,"p_seconds": number }; Returns: boolean
                           },
"close_paper_batch":
{ Args: { "p_batch": string }; Returns: Json
                           },
"close_unit":
{ Args: { "p_on": string,"p_reason": string,"p_seen": number,"p_unit": string }; Returns: undefined
                           },
"comment_themes":
{ Args: { "p_month"?: string,"p_unit": string }; Returns: Json
                           },
"comments_to_mask":
{ Args: { "p_limit"?: number,"p_rules": number }; Returns: Json
                           },
"confirm_archive":
{ Args: { "p_request": string }; Returns: undefined
                           },
"confirm_deletion":
{ Args: { "p_request": string }; Returns: string
                           },
"decide_exclusion":
{ Args: { "p_agrees": boolean,"p_exclusion": string }; Returns: undefined
                           },
"delete_organisations":
{ Args: { "p_rows"?: number }; Returns: Json
                           },
"delete_tag":
{ Args: { "p_tag": string,"p_unit": string }; Returns: undefined
                           },
"discard_draft":
{ Args: { "p_revision": number,"p_version": string }; Returns: Json
                           },
"discard_import":
{ Args: { "p_import": string }; Returns: undefined
                           },
"drop_paper_batch":
{ Args: { "p_batch": string }; Returns: undefined
                           },
"end_membership":
{ Args: { "p_member": string }; Returns: undefined
                           },
"enforce_retention":
{ Args: { "p_rows"?: number }; Returns: Json
                           },
"export_rows":
{ Args: { "p_after"?: string,"p_kind": string,"p_limit"?: number,"p_unit": string }; Returns: Json
                           },
"file_comments":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"finish_alerts":
{ Args: { "p_month": string,"p_organisation": string }; Returns: number
                           },
"finish_job":
{ Args: { "p_error"?: string,"p_job": string,"p_result"?: Json }; Returns: undefined
                           },
"flag_answers":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"hand_over":
{ Args: { "p_from": string,"p_to": string }; Returns: number
                           },
"hash_day":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"health":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"import_choices":
{ Args: { "p_unit": string }; Returns: Json
                           },
"invite":
{ Args: { "p_email"?: string,"p_role": string,"p_unit": string }; Returns: Json
                           },
"item_audio":
{ Args: { "p_audio": string }; Returns: Json
                           },
"keep_masked_comments":
{ Args: { "batch": Json,"p_rules": number }; Returns: number
                           },
"key_paper_again":
{ Args: { "p_answers": Json,"p_batch": string,"p_number": number }; Returns: undefined
                           },
"key_paper_sheet":
{ Args: { "p_answers": Json,"p_batch": string,"p_number": number }; Returns: Json
                           },
"list_access_tokens":
{ Args: { "p_unit": string }; Returns: Json
                           },
"list_alerts":
{ Args: { "p_offset"?: number,"p_unit": string }; Returns: Json
                           },
"list_comments":
{ Args: { "p_after"?: Json,"p_filter"?: Json,"p_unit": string }; Returns: Json
                           },
"list_imports":
{ Args: { "p_unit": string }; Returns: Json
                           },
"list_invitations":
{ Args: { "p_unit": string }; Returns: Json
                           },
"list_members":
{ Args: { "p_offset"?: number,"p_search"?: string,"p_unit": string }; Returns: Json
                           },
"list_notes":
{ Args: { "p_unit": string }; Returns: Json
                           },
"list_paper_batches":
{ Args: { "p_offset"?: number,"p_unit": string }; Returns: Json
                           },
"list_points":
{ Args: { "p_offset"?: number,"p_search"?: string,"p_show"?: string,"p_unit": string }; Returns: Json
                           },
"list_print_points":
{ Args: { "p_offset"?: number,"p_search"?: string,"p_unit": string }; Returns: Json
                           },
"list_procedures":
{ Args: { "p_group"?: string,"p_offset"?: number,"p_search"?: string,"p_unit": string }; Returns: Json
                           },
"list_publications":
{ Args: { "p_organisation": string,"p_year"?: number }; Returns: Json
                           },
"list_reports":
{ Args: { "p_unit": string }; Returns: Json
                           },
"list_slip_batches":
{ Args: { "p_offset"?: number,"p_unit": string }; Returns: Json
                           },
"list_tags":
{ Args: { "p_unit": string }; Returns: Json
                           },
"list_targets":
{ Args: { "p_unit": string }; Returns: Json
                           },
"list_units":
{ Args: { "p_unit": string }; Returns: Json
                           },
"make_access_token":
{ Args: { "p_name": string,"p_unit": string }; Returns: Json
                           },
"make_slips":
{ Args: { "p_batch": string,"p_count": number,"p_expires": string,"p_moment": string,"p_point": string }; Returns: Json
                           },
"mark_comments":
{ Args: { "p_comments": Json,"p_read"?: boolean,"p_unit": string }; Returns: number
                           },
"merge_units":
{ Args: { "p_values": Json }; Returns: string
                           },
"move_unit":
{ Args: { "p_parent": string,"p_seen": number,"p_unit": string }; Returns: undefined
                           },
"my_memberships":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"new_setup_link":
{ Args: Record<PropertyKey, never>; Returns: string
                           },
"note_choices":
{ Args: { "p_unit": string }; Returns: Json
                           },
"note_event":
{ Args: { "p_action": string }; Returns: undefined
                           },
"note_import_file":
{ Args: { "p_hash": string,"p_import": string }; Returns: undefined
                           },
"note_webhook":
{ Args: { "p_error"?: string,"p_organisation": string }; Returns: undefined
                           },
"office_comparison":
{ Args: { "p_before"?: string,"p_cross"?: string,"p_period"?: string,"p_unit": string }; Returns: Json
                           },
"office_help":
{ Args: { "p_period"?: string,"p_unit": string }; Returns: Json
                           },
"office_news":
{ Args: { "p_unit": string }; Returns: Json
                           },
"office_results":
{ Args: { "p_period"?: string,"p_point"?: string,"p_unit": string }; Returns: Json
                           },
"office_trend":
{ Args: { "p_measure"?: string,"p_step"?: string,"p_unit": string }; Returns: Json
                           },
"office_units":
{ Args: { "p_unit": string }; Returns: Json
                           },
"office_weights":
{ Args: { "p_period"?: string,"p_unit": string }; Returns: Json
                           },
"open_archive":
{ Args: { "p_request": string }; Returns: Json
                           },
"open_figures":
{ Args: { "p_limit"?: number,"p_query": Json }; Returns: Json
                           },
"open_hashes":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"open_paper_batch":
{ Args: { "p_day": string,"p_half_day": string,"p_language"?: string,"p_point": string }; Returns: Json
                           },
"open_publications":
{ Args: { "p_organisation"?: string,"p_period"?: string,"p_unit"?: string }; Returns: Json
                           },
"point_choices":
{ Args: { "p_unit": string }; Returns: Json
                           },
"preview_publication":
{ Args: { "p_organisation": string,"p_period": string }; Returns: Json
                           },
"propose_exclusion":
{ Args: { "p_period": string,"p_point": string,"p_reason": string,"p_rule": string,"p_unit": string }; Returns: Json
                           },
"propose_exclusion_end":
{ Args: { "p_exclusion": string,"p_reason": string }; Returns: undefined
                           },
"public_notes":
{ Args: { "p_from"?: string,"p_to"?: string,"p_unit": string }; Returns: Json
                           },
"public_organisations":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"public_results":
{ Args: { "p_organisation": string,"p_period"?: string,"p_revision"?: number }; Returns: Json
                           },
"public_unit_results":
{ Args: { "p_period"?: string,"p_revision"?: number,"p_unit": string }; Returns: Json
                           },
"publish_demo":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"publish_done_note":
{ Args: { "p_note": string,"p_published"?: boolean,"p_seen": number }; Returns: undefined
                           },
"publish_period":
{ Args: { "p_organisation": string,"p_period": string,"p_reason"?: string,"p_seen": string }; Returns: Json
                           },
"publish_version":
{ Args: { "p_revision": number,"p_version": string }; Returns: Json
                           },
"published_cells":
{ Args: { "p_after"?: string,"p_limit"?: number,"p_publication": string }; Returns: Json
                           },
"published_frame":
{ Args: { "p_publication": string }; Returns: Json
                           },
"published_list":
{ Args: { "p_organisation": string }; Returns: Json
                           },
"put_alerts":
{ Args: { "batch": Json }; Returns: number
                           },
"put_calendar_day":
{ Args: { "p_day": string,"p_name": string,"p_organisation": string,"p_works": boolean }; Returns: string
                           },
"put_demo_notes":
{ Args: { "batch": Json }; Returns: number
                           },
"put_done_note":
{ Args: { "p_note"?: string,"p_seen"?: number,"p_unit": string,"p_values": Json }; Returns: string
                           },
"put_explanation":
{ Args: { "p_measure": string,"p_period": string,"p_seen"?: number,"p_text": string,"p_unit": string }; Returns: undefined
                           },
"put_improvement":
{ Args: { "p_note"?: string,"p_seen"?: number,"p_unit": string,"p_values": Json }; Returns: string
                           },
"put_index_goal":
{ Args: { "p_goal"?: string,"p_organisation": string,"p_seen"?: number,"p_values": Json }; Returns: string
                           },
"put_item_audio":
{ Args: { "p_content": string,"p_item": string,"p_language": string,"p_revision": number,"p_version": string }; Returns: Json
                           },
"put_open_digest":
{ Args: { "p_digest": string,"p_lines": number,"p_publication": string }; Returns: undefined
                           },
"put_outline":
{ Args: { "p_file": string,"p_name": string,"p_organisation": string }; Returns: undefined
                           },
"put_owner_map":
{ Args: { "p_organisation": string,"p_owners": Json,"p_seen": number }; Returns: undefined
                           },
"put_report_plan":
{ Args: { "p_organisation": string,"p_plan": Json,"p_seen": number }; Returns: undefined
                           },
"put_report_state":
{ Args: { "p_organisation": string,"p_period": string,"p_seen": number,"p_values": Json }; Returns: undefined
                           },
"put_served_by_token":
{ Args: { "p_counts": Json,"p_token": string }; Returns: Json
                           },
"put_tag":
{ Args: { "p_name": string,"p_seen"?: number,"p_tag"?: string,"p_unit": string }; Returns: string
                           },
"put_target":
{ Args: { "p_seen"?: number,"p_target"?: string,"p_unit": string,"p_values": Json }; Returns: string
                           },
"queue_digests":
{ Args: { "p_today"?: string }; Returns: Json
                           },
"queue_import":
{ Args: { "p_import": string,"p_skip"?: boolean }; Returns: string
                           },
"read_archive":
{ Args: { "p_unit": string }; Returns: Json
                           },
"read_audit_log":
{ Args: { "p_action"?: string,"p_before"?: number,"p_from"?: string,"p_person"?: string,"p_record_type"?: string,"p_to"?: string,"p_unit": string }; Returns: Json
                           },
"read_calendar":
{ Args: { "p_unit": string,"p_year": number }; Returns: Json
                           },
"read_comment":
{ Args: { "p_comment": string }; Returns: Json
                           },
"read_deletion":
{ Args: { "p_unit": string }; Returns: Json
                           },
"read_done_note":
{ Args: { "p_note": string }; Returns: Json
                           },
"read_evidence":
{ Args: { "p_period"?: string,"p_unit": string }; Returns: Json
                           },
"read_import":
{ Args: { "p_import": string,"p_offset"?: number,"p_show"?: string }; Returns: Json
                           },
"read_import_values":
{ Args: { "p_import": string }; Returns: Json
                           },
"read_improvement":
{ Args: { "p_note": string }; Returns: Json
                           },
"read_in_force":
{ Args: { "p_offset"?: number,"p_search"?: string,"p_unit": string }; Returns: Json
                           },
"read_index_goals":
{ Args: { "p_unit": string }; Returns: Json
                           },
"read_invitation":
{ Args: { "p_token": string }; Returns: Json
                           },
"read_member":
{ Args: { "p_member": string }; Returns: Json
                           },
"read_outline":
{ Args: { "p_unit": string,"p_with_file"?: boolean }; Returns: Json
                           },
"read_owner_map":
{ Args: { "p_unit": string }; Returns: Json
                           },
"read_paper_batch":
{ Args: { "p_batch": string }; Returns: Json
                           },
"read_point":
{ Args: { "p_point": string }; Returns: Json
                           },
"read_print_points":
{ Args: { "p_chosen": Json,"p_unit": string }; Returns: Json
                           },
"read_procedure":
{ Args: { "p_procedure": string }; Returns: Json
                           },
"read_procedure_group":
{ Args: { "p_group": string }; Returns: Json
                           },
"read_protection":
{ Args: { "p_unit": string }; Returns: Json
                           },
"read_questionnaire":
{ Args: { "p_questionnaire": string }; Returns: Json
                           },
"read_questionnaires":
{ Args: { "p_unit": string }; Returns: Json
                           },
"read_served":
{ Args: { "p_from": string,"p_offset"?: number,"p_search"?: string,"p_to": string,"p_unit": string }; Returns: Json
                           },
"read_setup_link":
{ Args: { "p_token": string }; Returns: Json
                           },
"read_slip":
{ Args: { "p_code": string }; Returns: Json
                           },
"read_unit":
{ Args: { "p_unit": string }; Returns: Json
                           },
"read_units":
{ Args: { "p_at"?: string,"p_closed"?: boolean,"p_offset"?: number,"p_search"?: string,"p_unit": string }; Returns: Json
                           },
"read_version":
{ Args: { "p_version": string }; Returns: Json
                           },
"read_webhook":
{ Args: { "p_organisation": string }; Returns: Json
                           },
"rebuild_tallies":
{ Args: { "p_from": string,"p_to": string }; Returns: Json
                           },
"record_import_chunk":
{ Args: { "p_import": string,"p_rows"?: number }; Returns: Json
                           },
"record_paper_batch":
{ Args: { "p_batch": string }; Returns: Json
                           },
"record_responses":
{ Args: { "batch": Json }; Returns: Json
                           },
"release_figures":
{ Args: { "p_today"?: string }; Returns: Json
                           },
"remove_calendar_day":
{ Args: { "p_line": string }; Returns: undefined
                           },
"remove_index_goal":
{ Args: { "p_goal": string,"p_organisation": string }; Returns: undefined
                           },
"remove_outline":
{ Args: { "p_organisation": string }; Returns: undefined
                           },
"remove_procedure":
{ Args: { "p_procedure": string }; Returns: undefined
                           },
"remove_procedure_group":
{ Args: { "p_group": string }; Returns: undefined
                           },
"remove_target":
{ Args: { "p_target": string }; Returns: undefined
                           },
"remove_unit":
{ Args: { "p_unit": string }; Returns: undefined
                           },
"remove_webhook":
{ Args: { "p_organisation": string }; Returns: undefined
                           },
"rename_questionnaire":
{ Args: { "p_names": Json,"p_questionnaire": string,"p_revision": number }; Returns: Json
                           },
"renew_invitation":
{ Args: { "p_invitation": string }; Returns: Json
                           },
"reopen_unit":
{ Args: { "p_unit": string }; Returns: undefined
                           },
"replace_token":
{ Args: { "p_point": string,"p_reason"?: string }; Returns: string
                           },
"report_job":
{ Args: { "p_job": string,"p_of"?: number,"p_progress"?: number,"p_seconds"?: number }; Returns: undefined
                           },
"revoke_access_token":
{ Args: { "p_token": string }; Returns: undefined
                           },
"revoke_invitation":
{ Args: { "p_invitation": string }; Returns: undefined
                           },
"roll_ticket_partitions":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"save_draft":
{ Args: { "p_definition": Json,"p_readers"?: Json,"p_revision": number,"p_version": string }; Returns: Json
                           },
"save_import_columns":
{ Args: { "p_columns": Json,"p_import": string }; Returns: undefined
                           },
"save_import_values":
{ Args: { "p_import": string,"p_values": Json }; Returns: undefined
                           },
"save_point":
{ Args: { "p_point": string,"p_seen": number,"p_values": Json }; Returns: string
                           },
"save_procedure":
{ Args: { "p_procedure": string,"p_seen"?: number,"p_values": Json }; Returns: string
                           },
"save_procedure_group":
{ Args: { "p_group": string,"p_seen"?: number,"p_values": Json }; Returns: string
                           },
"save_unit":
{ Args: { "p_seen"?: number,"p_unit": string,"p_values": Json }; Returns: string
                           },
"see_alerts":
{ Args: { "p_unit": string }; Returns: undefined
                           },
"set_alert_setting":
{ Args: { "p_setting": string,"p_unit": string }; Returns: undefined
                           },
"set_digest":
{ Args: { "p_on": boolean,"p_unit": string }; Returns: undefined
                           },
"set_in_force":
{ Args: { "p_point": string,"p_questionnaire": string,"p_unit": string }; Returns: Json
                           },
"set_served":
{ Args: { "p_counts": Json }; Returns: Json
                           },
"set_up_organisation":
{ Args: { "p_organisation": Json,"p_person_name": string,"p_token": string }; Returns: Json
                           },
"set_webhook":
{ Args: { "p_organisation": string,"p_url": string }; Returns: Json
                           },
"settle_paper_sheet":
{ Args: { "p_answers": Json,"p_batch": string,"p_number": number }; Returns: undefined
                           },
"setup_state":
{ Args: { "p_unit": string }; Returns: Json
                           },
"split_unit":
{ Args: { "p_unit": string,"p_values": Json }; Returns: Json
                           },
"stage_import":
{ Args: { "p_import": string,"p_last": boolean,"p_rows": Json }; Returns: number
                           },
"start_import":
{ Args: { "p_columns"?: Json,"p_file": string,"p_kind": string,"p_unit": string }; Returns: string
                           },
"start_questionnaire":
{ Args: { "p_definition": Json,"p_names": Json,"p_unit": string }; Returns: Json
                           },
"start_version":
{ Args: { "p_questionnaire": string }; Returns: Json
                           },
"stop_deletion":
{ Args: { "p_request": string }; Returns: undefined
                           },
"submit_paper_batch":
{ Args: { "p_batch": string }; Returns: undefined
                           },
"submit_responses":
{ Args: { "batch": Json }; Returns: Json
                           },
"survey_form":
{ Args: { "p_token": string }; Returns: Json
                           },
"sweep_imports":
{ Args: Record<PropertyKey, never>; Returns: number
                           },
"tag_comment":
{ Args: { "p_comment": string,"p_tags": Json }; Returns: undefined
                           },
"tidy_paper":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"tidy_slips":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"undigested_publications":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"undo_paper_sheet":
{ Args: { "p_batch": string }; Returns: Json
                           },
"unit_targets":
{ Args: { "p_period": string,"p_unit": string }; Returns: Json
                           },
"unmask_comment":
{ Args: { "p_comment": string,"p_reason": string }; Returns: Json
                           },
"webhook_target":
{ Args: { "p_organisation": string }; Returns: Json
                           },
"withdraw_archive":
{ Args: { "p_request": string }; Returns: undefined
                           },
"withdraw_slips":
{ Args: { "p_batch": string }; Returns: undefined
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            
          }
        }
} as const
