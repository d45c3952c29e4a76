/** Made of the OpenAPI document: `npm run docs`. */

/**
 * an id: 1 to 64 letters, digits, dashes or underscores, a letter or digit first
 */
export type Id = string
export type OsSchedulerHint = {
  group?: string[] | null
  tenancy?: string[] | null
  dedicated_host_id?: string[] | null
} | null

export interface Operations {
  /**
   * The regions of a service, from the endpoint table; nobody is asked.
   */
  listRegions: {
    path: {}
    query: {
      /**
       * one of ecs, ims (also image, images) or vpc, in any letter case; ecs if left out
       */
      regionType?: string
    }
    answer: {
      regions: {
        Endpoint: string
        Id: string
      }[]
    }
  }
  /**
   * Images, 25 a page; next holds the marker of the following one.
   */
  listImages: {
    path: {}
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ims`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      images?: Image[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * One image.
   */
  showImage: {
    path: {
      imageId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ims`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
    }
    answer: Image
  }
  /**
   * Makes an image of an instance.
   */
  createImage: {
    path: {}
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=ims`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * 1 to 128 letters, digits, blanks, `_`, `-`, `.`
       */
      name: string
      instanceId: Id
      description?: string
      /**
       * {"key": "value"} or [{"key": …, "value": …}]
       */
      tags?:
        | {
            [k: string]: string
          }
        | {
            /**
             * Key
             */
            key: string
            value?: string
          }[]
      /**
       * Data disks to take images of, too.
       */
      dataImages?: {
        /**
         * Name of the image
         */
        name: string
        volumeId: Id
        description?: string
      }[]
      /**
       * 0 is the default one.
       */
      enterpriseProjectId?: string
      /**
       * MB an instance made of it must have.
       */
      minRam?: number
      /**
       * MB it may have at most.
       */
      maxRam?: number
    }
    answer: JobTicket
  }
  /**
   * Deletes a private image.
   */
  deleteImage: {
    path: {
      imageId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ims`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * Also delete the backup that an image of a whole instance was made from.
       */
      deleteBackup?: boolean
    }
    answer: {}
  }
  /**
   * Instance types (flavors), the sold-out ones too.
   */
  listInstanceTypes: {
    path: {}
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      flavors?: Flavor[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * Creates instances.
   */
  createInstances: {
    path: {}
    query: {}
    body:
      | {
          /**
           * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
           */
          regionId: string
          projectId?: Id
          imageId: Id
          /**
           * Flavor id, for example s6.large.2.
           */
          instanceType: string
          /**
           * 1 to 128 letters, digits, `_`, `-`, `.`; with count over 1 a number is appended.
           */
          name: string
          vpcId: Id
          /**
           * Network cards; the first is the primary one.
           *
           * @minItems 1
           */
          nics: {
            subnetId: Id
            /**
             * A free private IPv4 address of the subnet; chosen by Huawei if left out.
             */
            ipAddress?: string
            /**
             * Also an IPv6 address.
             */
            ipv6Enable?: boolean
            ipv6BandwidthId?: Id
            portId?: Id
            allowedAddressPairs?: {
              /**
               * Address or range
               */
              ipAddress: string
              /**
               * MAC address
               */
              macAddress?: string
            }[]
            securityGroupIds?: Id[]
          }[]
          rootVolume: {
            /**
             * SATA, SAS, GPSSD, SSD, ESSD, GPSSD2, ESSD2 …
             */
            volumeType: string
            /**
             * For GPSSD2 and ESSD2.
             */
            iops?: number
            /**
             * MiB/s, for GPSSD2.
             */
            throughput?: number
            /**
             * SCSI instead of VBD.
             */
            passthrough?: boolean
            /**
             * DSS, for dedicated storage.
             */
            clusterType?: string
            clusterId?: Id
            snapshotId?: Id
            kmsKeyId?: Id
            /**
             * GB; the smallest the image takes if left out.
             */
            size?: number
          }
          dataVolumes?: {
            /**
             * SATA, SAS, GPSSD, SSD, ESSD, GPSSD2, ESSD2 …
             */
            volumeType: string
            /**
             * For GPSSD2 and ESSD2.
             */
            iops?: number
            /**
             * MiB/s, for GPSSD2.
             */
            throughput?: number
            /**
             * SCSI instead of VBD.
             */
            passthrough?: boolean
            /**
             * DSS, for dedicated storage.
             */
            clusterType?: string
            clusterId?: Id
            snapshotId?: Id
            kmsKeyId?: Id
            /**
             * GB.
             */
            size: number
            /**
             * Older spelling of multiattach.
             */
            shareable?: boolean
            /**
             * May be attached to several instances.
             */
            multiattach?: boolean
            dataImageId?: Id
            /**
             * Delete with the instance.
             */
            deleteOnTermination?: boolean
          }[]
          securityGroupIds?: Id[]
          /**
           * How many instances; 1 if left out.
           */
          count?: number
          /**
           * Chosen by Huawei if left out.
           */
          availabilityZone?: string
          /**
           * Spread several instances over zones.
           */
          batchCreateInMultiAz?: boolean
          description?: string
          /**
           * For root or Administrator; never logged.
           */
          adminPassword?: string
          /**
           * Key pair, instead of a password.
           */
          keyName?: string
          /**
           * For cloud-init, base64 unless userDataEncoding says text; never logged.
           */
          userData?: string
          userDataEncoding?: 'base64' | 'text'
          /**
           * {id} of an address that exists, or {type, bandwidth{shareType, size, chargeMode, id}} for a new one
           */
          publicIp?:
            | {
                id: Id
                /**
                 * Release with the instance.
                 */
                deleteOnTermination?: boolean
              }
            | {
                /**
                 * 5_bgp, 5_sbgp …
                 */
                type: string
                bandwidth: {
                  /**
                   * Mbit/s.
                   */
                  size?: number
                  /**
                   * Its own bandwidth, or a shared one (then with id).
                   */
                  shareType: 'PER' | 'WHOLE'
                  chargeMode?: 'bandwidth' | 'traffic'
                  id?: Id
                }
                /**
                 * Release with the instance.
                 */
                deleteOnTermination?: boolean
              }
          /**
           * {"key": "value"} or [{"key": …, "value": …}]
           */
          tags?:
            | {
                [k: string]: string
              }
            | {
                /**
                 * Key
                 */
                key: string
                value?: string
              }[]
          metadata?: {
            [k: string]: string
          }
          charging?: {
            /**
             * By month or year, by the hour, or at the spot price.
             */
            mode: 'prePaid' | 'postPaid' | 'spot'
            periodType?: 'month' | 'year'
            /**
             * How many months (1 to 9) or years (1 to 3).
             */
            periodNum?: number
            /**
             * Renew when it ends.
             */
            autoRenew?: boolean
            /**
             * Pay at once; otherwise the order waits for you in the console.
             */
            autoPay?: boolean
            /**
             * Highest price an hour, for spot.
             */
            spotPrice?: string
            /**
             * For spot.
             */
            spotDurationHours?: number
            /**
             * For spot.
             */
            spotDurationCount?: number
            interruptionPolicy?: 'immediate'
          }
          /**
           * 0 is the default one.
           */
          enterpriseProjectId?: string
          /**
           * True gives all instances the same name, as Huawei has it.
           */
          autoRename?: boolean
          /**
           * Delete at this time, yyyy-MM-ddTHH:mm:ssZ.
           */
          autoTerminateTime?: string
          schedulerHints?: {
            group?: Id
            tenancy?: 'shared' | 'dedicated'
            dedicatedHostId?: Id
          }
          /**
           * Only check; nothing is created.
           */
          dryRun?: boolean
        }
      | {
          /**
           * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
           */
          regionId: string
          projectId?: Id
          /**
           * Sent as it is.
           */
          server: {
            [k: string]: unknown
          }
          /**
           * Only check; nothing is created.
           */
          dryRun?: boolean
        }
    answer: {
      job_id?: string
      serverIds?: string[]
      order_id?: string
      dryRun?: true
      job?: Job
      /**
       * With `Prefer: wait`: what became of each.
       */
      results?: Result[]
    }
  }
  /**
   * Instances with all their details; offset is a page number.
   */
  listInstances: {
    path: {}
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      servers?: Server[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * Starts instances.
   */
  startInstances: {
    path: {}
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * The instances, as [{"id": "…"}]; also spelled instance_ids or instanceIds with plain ids.
       *
       * @minItems 1
       * @maxItems 1000
       */
      servers: {
        id: Id
      }[]
    }
    answer: JobTicket
  }
  /**
   * Stops instances.
   */
  stopInstances: {
    path: {}
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * The instances, as [{"id": "…"}]; also spelled instance_ids or instanceIds with plain ids.
       *
       * @minItems 1
       * @maxItems 1000
       */
      servers: {
        id: Id
      }[]
      /**
       * SOFT asks the system to shut down, HARD pulls the plug. SOFT if left out.
       */
      type?: 'SOFT' | 'HARD'
    }
    answer: JobTicket
  }
  /**
   * Reboots instances.
   */
  rebootInstances: {
    path: {}
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * The instances, as [{"id": "…"}]; also spelled instance_ids or instanceIds with plain ids.
       *
       * @minItems 1
       * @maxItems 1000
       */
      servers: {
        id: Id
      }[]
      /**
       * SOFT asks the system to shut down, HARD pulls the plug. SOFT if left out.
       */
      type?: 'SOFT' | 'HARD'
    }
    answer: JobTicket
  }
  /**
   * Deletes instances for good, their system disks with them.
   */
  terminateInstances: {
    path: {}
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * The instances, as [{"id": "…"}]; also spelled instance_ids or instanceIds with plain ids.
       *
       * @minItems 1
       * @maxItems 1000
       */
      servers: {
        id: Id
      }[]
      /**
       * Also release their public addresses.
       */
      deletePublicIp?: boolean
      /**
       * Also delete their data disks.
       */
      deleteVolume?: boolean
    }
    answer: JobTicket
  }
  /**
   * One instance with all its details.
   */
  showInstance: {
    path: {
      instanceId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
    }
    answer: {
      server?: {
        id?: string
        name?: string
        /**
         * ACTIVE, SHUTOFF, BUILD, ERROR, REBOOT, RESIZE …
         */
        status?: string
        description?: string | null
        created?: string
        updated?: string
        tenant_id?: string
        user_id?: string
        hostId?: string | null
        accessIPv4?: string | null
        accessIPv6?: string | null
        locked?: boolean
        metadata?: {
          [k: string]: string
        }
        tags?: string[]
        'OS-DCF:diskConfig'?: string | null
        'OS-EXT-SRV-ATTR:hostname'?: string | null
        'OS-EXT-SRV-ATTR:user_data'?: string | null
        config_drive?: string | null
        key_name?: string | null
        progress?: number | null
        fault?: {
          message?: string
          code?: number
          created?: string
          details?: string | null
        } | null
        flavor?: {
          id?: string
          name?: string
          vcpus?: string
          ram?: string
          disk?: string
          gpus?: {
            name?: string
            count?: number
            memory_mb?: number
          }[]
          asic_accelerators?: {
            name?: string
            count?: number
            memory_mb?: number
          }[]
        }
        image?: {
          id?: string
        }
        addresses?: {
          [k: string]: Address[]
        }
        sys_tags?: {
          key?: string
          value?: string
        }[]
        enterprise_project_id?: string | null
        security_groups?: {
          id?: string | null
          name?: string
        }[]
        network_interfaces?: NetworkInterface[]
        'os-extended-volumes:volumes_attached'?: {
          id?: string
          device?: string | null
          bootIndex?: string | null
          delete_on_termination?: string | null
        }[]
        'OS-EXT-STS:vm_state'?: string | null
        'OS-EXT-STS:task_state'?: string | null
        'OS-EXT-STS:power_state'?: number | null
        host_status?: string | null
        'OS-EXT-AZ:availability_zone'?: string | null
        'OS-SRV-USG:launched_at'?: string | null
        'OS-SRV-USG:terminated_at'?: string | null
        'OS-EXT-SRV-ATTR:host'?: string | null
        'OS-EXT-SRV-ATTR:hypervisor_hostname'?: string | null
        'OS-EXT-SRV-ATTR:instance_name'?: string | null
        'OS-EXT-SRV-ATTR:root_device_name'?: string | null
        'OS-EXT-SRV-ATTR:ramdisk_id'?: string | null
        'OS-EXT-SRV-ATTR:kernel_id'?: string | null
        'OS-EXT-SRV-ATTR:launch_index'?: number | null
        'OS-EXT-SRV-ATTR:reservation_id'?: string | null
        'os:scheduler_hints'?: OsSchedulerHint
        auto_terminate_time?: string | null
        cpu_options?: {
          'hw:cpu_threads'?: number
        } | null
        security_options?: {
          secure_boot_enabled?: boolean
          tpm_enabled?: boolean
        } | null
        enclave_options?: {
          enabled?: boolean
        } | null
        hypervisor?: {
          hypervisor_type?: string | null
          csd_hypervisor?: string | null
        } | null
        capacity_reservation_id?: string | null
        capacity_reservation_specification?: {
          id?: string | null
          preference?: string | null
        } | null
        spod_id?: string | null
      }
    }
  }
  /**
   * Changes the name, description or host name of an instance.
   */
  updateInstance: {
    path: {
      instanceId: Id
    }
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * 1 to 128 letters, digits, `_`, `-`, `.`
       */
      name?: string
      /**
       * Up to 85 characters; empty to have none.
       */
      description?: string
      /**
       * The name that the system of the instance has of itself.
       */
      hostname?: string
    }
    answer: {
      server?: {
        id?: string
        name?: string
        status?: string
        description?: string | null
        created?: string
        updated?: string
        tenant_id?: string
        user_id?: string
        hostId?: string | null
        accessIPv4?: string | null
        accessIPv6?: string | null
        locked?: boolean
        metadata?: {
          [k: string]: string
        }
        tags?: string[]
        'OS-DCF:diskConfig'?: string | null
        'OS-EXT-SRV-ATTR:hostname'?: string | null
        'OS-EXT-SRV-ATTR:user_data'?: string | null
        progress?: number | null
        image?: unknown
        flavor?: {
          id?: string
          links?: {
            rel?: string
            href?: string
            type?: string | null
          }[]
        }
        addresses?: {
          [k: string]: {
            addr?: string
            version?: number
          }[]
        }
        links?: {
          rel?: string
          href?: string
          type?: string | null
        }[]
      }
    }
  }
  /**
   * The instance types that an instance may be given.
   */
  listResizeTypes: {
    path: {
      instanceId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      flavors?: ResizeFlavor[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * Gives an instance another instance type.
   */
  resizeInstance: {
    path: {
      instanceId: Id
    }
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * Flavor id, for example s6.xlarge.2.
       */
      instanceType: string
      /**
       * Stop it for the time being, if it runs.
       */
      stopIfRunning?: boolean
      dedicatedHostId?: Id
      /**
       * For what is paid by month or year: pay the difference at once.
       */
      autoPay?: boolean
    }
    answer: {
      job_id?: string
      order_id?: string
      job?: Job
      /**
       * With `Prefer: wait`: what became of each.
       */
      results?: Result[]
    }
  }
  /**
   * Sets the password of root or Administrator.
   */
  setInstancePassword: {
    path: {
      instanceId: Id
    }
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * The new password; never logged.
       */
      password: string
      /**
       * Refuse a password that is too simple.
       */
      checkPassword?: boolean
    }
    answer: {}
  }
  /**
   * An address at which the screen of an instance can be seen and used.
   */
  openInstanceConsole: {
    path: {
      instanceId: Id
    }
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * novnc if left out.
       */
      type?: string
      /**
       * vnc if left out.
       */
      protocol?: string
    }
    answer: {
      remote_console?: {
        type?: string
        protocol?: string
        url?: string
      }
    }
  }
  /**
   * The tags of an instance.
   */
  listInstanceTags: {
    path: {
      instanceId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      tags?: {
        key?: string
        value?: string
      }[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * Adds tags to an instance; a key that is there already gets the new value.
   */
  addInstanceTags: {
    path: {
      instanceId: Id
    }
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * {"key": "value"} or [{"key": …, "value": …}]
       */
      tags:
        | {
            [k: string]: string
          }
        | {
            /**
             * Key
             */
            key: string
            value?: string
          }[]
    }
    answer: {}
  }
  /**
   * Takes a tag off an instance; one that is not there is no error.
   */
  deleteInstanceTag: {
    path: {
      instanceId: Id
      /**
       * the key of a tag: up to 128 characters, no slash and nothing unprintable
       */
      key: string
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
    }
    answer: {}
  }
  /**
   * The disks of an instance, the system disk (bootIndex 0) among them.
   */
  listInstanceVolumes: {
    path: {
      instanceId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      volumeAttachments?: VolumeAttachment[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * Attaches a disk to an instance.
   */
  attachInstanceVolume: {
    path: {
      instanceId: Id
    }
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      volumeId: Id
      /**
       * For example /dev/vdb; the next free one if left out.
       */
      device?: string
    }
    answer: JobTicket
  }
  /**
   * Detaches a disk from an instance; the disk and what is on it stay.
   */
  detachInstanceVolume: {
    path: {
      instanceId: Id
      volumeId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * Even if the instance does not let go of it; what is not written yet is lost.
       */
      force?: boolean
    }
    answer: JobTicket
  }
  /**
   * Disks, attached or not; here offset counts rows.
   */
  listVolumes: {
    path: {}
    query: {
      /**
       * A region's id, see `GET /api/regions`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      volumes?: Volume[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * One job: how far it is, and what became of each part of it.
   */
  showJob: {
    path: {
      jobId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * Whose job it is. Left out, ECS is asked, then the others.
       */
      service?: 'ecs' | 'ims' | 'evs'
      /**
       * Seconds to hold the answer until the job has ended; then it is told as it is.
       */
      wait?: number
    }
    answer: {
      job_id?: string
      job_type?: string
      /**
       * INIT, RUNNING, SUCCESS, FAIL or PENDING_PAYMENT.
       */
      status?: string
      begin_time?: string | null
      end_time?: string | null
      error_code?: string | null
      fail_reason?: string | null
      entities?: unknown
    }
  }
  /**
   * One job as server-sent events: job for each state it comes to, until it has ended.
   */
  followJob: {
    path: {
      jobId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * Whose job it is. Left out, ECS is asked, then the others.
       */
      service?: 'ecs' | 'ims' | 'evs'
    }
    answer: unknown
  }
  /**
   * Networks (VPCs): a create wants the id of one.
   */
  listVpcs: {
    path: {}
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=vpc`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      vpcs?: Vpc[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * Makes a network (VPC).
   */
  createVpc: {
    path: {}
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=vpc`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * Up to 64 letters, digits, `_`, `-`, `.`
       */
      name?: string
      /**
       * A private range, for example 10.0.0.0/16; subnets lie within it.
       */
      cidr?: string
      /**
       * Up to 255 characters, without < and >.
       */
      description?: string
      /**
       * 0 is the default one.
       */
      enterpriseProjectId?: string
    }
    answer: {
      vpc?: Vpc
    }
  }
  /**
   * Deletes a network (VPC) that has no subnets any more.
   */
  deleteVpc: {
    path: {
      vpcId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=vpc`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
    }
    answer: {}
  }
  /**
   * Subnets: a create wants the id of one for each network card.
   */
  listSubnets: {
    path: {}
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=vpc`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      subnets?: Subnet[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * Makes a subnet in a VPC.
   */
  createSubnet: {
    path: {}
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=vpc`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * 1 to 64 letters, digits, `_`, `-`, `.`
       */
      name: string
      vpcId: Id
      /**
       * A range within that of the VPC, for example 10.1.1.0/24.
       */
      cidr: string
      /**
       * An address of the range, usually its first.
       */
      gatewayIp: string
      description?: string
      /**
       * True if left out; without it new instances get no address.
       */
      dhcpEnable?: boolean
      /**
       * Also an IPv6 range.
       */
      ipv6Enable?: boolean
      /**
       * IPv4 address of a name server.
       */
      primaryDns?: string
      /**
       * IPv4 address of a name server.
       */
      secondaryDns?: string
      /**
       * All name servers, the two above among them.
       *
       * Items: IPv4 address
       */
      dnsServers?: string[]
      /**
       * Any if left out.
       */
      availabilityZone?: string
      dhcpOptions?: {
        /**
         * ntp, addresstime …
         */
        name: string
        /**
         * For example 24h for addresstime.
         */
        value?: string
      }[]
    }
    answer: {
      subnet?: Subnet
    }
  }
  /**
   * Deletes a subnet that nothing uses any more.
   */
  deleteSubnet: {
    path: {
      subnetId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=vpc`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      vpcId?: Id
    }
    answer: {}
  }
  /**
   * Security groups with their rules.
   */
  listSecurityGroups: {
    path: {}
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=vpc`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      security_groups?: SecurityGroup[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * Makes a security group, with rules that let its members out and talk to each other.
   */
  createSecurityGroup: {
    path: {}
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=vpc`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * 1 to 64 letters, digits, `_`, `-`, `.`
       */
      name: string
      vpcId?: Id
      /**
       * 0 is the default one.
       */
      enterpriseProjectId?: string
    }
    answer: {
      security_group?: SecurityGroup
    }
  }
  /**
   * Deletes a security group that nothing is in.
   */
  deleteSecurityGroup: {
    path: {
      securityGroupId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=vpc`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
    }
    answer: {}
  }
  /**
   * Adds a rule to a security group.
   */
  addSecurityGroupRule: {
    path: {
      securityGroupId: Id
    }
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=vpc`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * What comes in, or what goes out.
       */
      direction: 'ingress' | 'egress'
      /**
       * IPv4 if left out.
       */
      etherType?: 'IPv4' | 'IPv6'
      /**
       * tcp, udp, icmp, icmpv6 or a number; any if left out.
       */
      protocol?: string
      /**
       * First port; any if left out. For icmp the type.
       */
      portRangeMin?: number
      /**
       * Last port. For icmp the code.
       */
      portRangeMax?: number
      /**
       * Who is on the other side: a range, for example 0.0.0.0/0.
       */
      remoteIpPrefix?: string
      remoteGroupId?: Id
      remoteAddressGroupId?: Id
      description?: string
    }
    answer: {
      security_group_rule?: SecurityGroupRule
    }
  }
  /**
   * Deletes a rule of a security group.
   */
  deleteSecurityGroupRule: {
    path: {
      securityGroupId: Id
      ruleId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=vpc`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
    }
    answer: {}
  }
  /**
   * Public addresses (EIPs), bound and free.
   */
  listPublicIps: {
    path: {}
    query: {
      /**
       * A region's id, see `GET /api/regions`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      publicips?: Publicip[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * Gets a public address (EIP), paid by use.
   */
  createPublicIp: {
    path: {}
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * 5_bgp, 5_sbgp …
       */
      type: string
      bandwidth: {
        /**
         * Its own bandwidth (then with name and size), or a shared one (then with id).
         */
        shareType: 'PER' | 'WHOLE'
        /**
         * 1 to 64 letters, digits, `_`, `-`, `.`
         */
        name?: string
        /**
         * Mbit/s.
         */
        size?: number
        /**
         * What is paid for; bandwidth if left out.
         */
        chargeMode?: 'bandwidth' | 'traffic'
        id?: Id
      }
      /**
       * The alias of the address.
       */
      name?: string
      /**
       * 4 or 6; 4 if left out.
       */
      ipVersion?: number
      /**
       * A certain address, if it is free.
       */
      ipAddress?: string
      portId?: Id
      /**
       * 0 is the default one.
       */
      enterpriseProjectId?: string
    }
    answer: PublicipValue
  }
  /**
   * Gives a public address back; a bound one must be unbound before.
   */
  deletePublicIp: {
    path: {
      publicIpId: Id
    }
    query: {
      /**
       * A region's id, see `GET /api/regions`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
    }
    answer: {}
  }
  /**
   * Binds a public address to a network card.
   */
  bindPublicIp: {
    path: {
      publicIpId: Id
    }
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      portId?: Id
      instanceId?: Id
    }
    answer: PublicipValue
  }
  /**
   * Frees a public address from the network card it is bound to.
   */
  unbindPublicIp: {
    path: {
      publicIpId: Id
    }
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
    }
    answer: PublicipValue
  }
  /**
   * Projects of the account: one for each opened region.
   */
  listProjects: {
    path: {}
    query: {
      /**
       * Not needed; one given is asked for its own answer. Also spelled `region`.
       */
      regionId?: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      projects?: Project[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * Availability zones of the region.
   */
  listAvailabilityZones: {
    path: {}
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      availabilityZoneInfo?: {
        zoneName?: string
        zoneState?: {
          available?: boolean
        }
        hosts?: unknown
      }[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * Key pairs of the user whose keys ask; those of other users are not told.
   */
  listKeypairs: {
    path: {}
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Several, separated by commas, or `*` for all that the account has opened: every item then has `regionId`, and `errors` tells of regions that failed. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * true follows all pages and answers one list, each item once.
       */
      all?: boolean
      /**
       * up to 64 names of fields, separated by commas, inner ones with dots: id,flavor.vcpus
       */
      fields?: string
      /**
       * up to 8 names of fields to sort by, separated by commas, with - before those that descend
       */
      sort?: string
      [k: string]: string | number | boolean | undefined
    }
    answer: {
      keypairs?: {
        keypair?: {
          name?: string
          public_key?: string
          fingerprint?: string
          type?: string | null
        }
      }[]
      /**
       * How many there are.
       */
      count?: number
      /**
       * Where several regions were asked: those that failed.
       */
      errors?: RegionProblem[]
    }
  }
  /**
   * Makes a key pair, or takes the public key of one that you have.
   */
  createKeypair: {
    path: {}
    query: {}
    body: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * Letters, digits, `_` and `-`; no other key pair may have it.
       */
      name: string
      /**
       * In the form of OpenSSH: ssh-rsa AAAA…
       */
      publicKey?: string
      /**
       * ssh if left out.
       */
      type?: string
    }
    answer: {
      keypair?: {
        name?: string
        public_key?: string
        private_key?: string
        fingerprint?: string
        user_id?: string
        type?: string | null
      }
    }
  }
  /**
   * Deletes a key pair; instances made with it keep its public key.
   */
  deleteKeypair: {
    path: {
      /**
       * the name of a key pair: letters, digits, spaces, `_`, `-`, `.` and `@`
       */
      keypairName: string
    }
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
    }
    answer: {}
  }
  /**
   * How much of a service the project may use, and how much of that is used.
   */
  showQuotas: {
    path: {}
    query: {
      /**
       * A region's id, see `GET /api/regions?regionType=ecs`. Also spelled `region`.
       */
      regionId: string
      projectId?: Id
      /**
       * vpc tells of public addresses, too. ecs if left out.
       */
      service?: 'ecs' | 'ims' | 'vpc' | 'evs'
    }
    answer: {
      /**
       * Of ecs: how many there may be and are, memory in MB.
       */
      absolute?: {
        [k: string]: unknown
      }
      quotas?: {
        /**
         * Of vpc and ims.
         */
        resources?: {
          type?: string
          used?: number
          quota?: number
          min?: number | null
          max?: number | null
        }[]
      }
      quota_set?: {
        id?: string
        volumes?: {
          limit?: number
          in_use?: number
          reserved?: number
        }
        snapshots?: {
          limit?: number
          in_use?: number
          reserved?: number
        }
        gigabytes?: {
          limit?: number
          in_use?: number
          reserved?: number
        }
        backups?: {
          limit?: number
          in_use?: number
          reserved?: number
        }
        backup_gigabytes?: {
          limit?: number
          in_use?: number
          reserved?: number
        }
        per_volume_gigabytes?: {
          limit?: number
          in_use?: number
          reserved?: number
        }
      }
    }
  }
}
export interface Image {
  id?: string
  name?: string | null
  /**
   * queued, saving, active, killed or deleted.
   */
  status?: string
  /**
   * public, private or shared.
   */
  visibility?: string
  protected?: boolean
  owner?: string
  min_disk?: number | null
  min_ram?: number | null
  max_ram?: string | null
  size?: number | null
  virtual_size?: number | null
  checksum?: string | null
  container_format?: string | null
  disk_format?: string | null
  created_at?: string
  updated_at?: string
  active_at?: string | null
  tags?: string[]
  schema?: string
  self?: string
  file?: string
  virtual_env_type?: string | null
  enterprise_project_id?: string | null
  _sys_enterprise_project_id?: string | null
  os_shutdown_timeout?: string | null
  hw_firmware_type?: string | null
  hw_vif_multiqueue_enabled?: string | null
  __account_code?: string | null
  __backup_id?: string | null
  __data_origin?: string | null
  __description?: string | null
  __image_displayname?: string | null
  __image_location?: string | null
  __image_size?: string | null
  __image_source_type?: string | null
  /**
   * gold, private, shared or market.
   */
  __imagetype?: string
  __is_config_init?: string | null
  __is_offshelved?: string | null
  __isregistered?: string | null
  __lazyloading?: string | null
  __originalimagename?: string | null
  __os_bit?: string | null
  __os_feature_list?: string | null
  __os_type?: string | null
  __os_version?: string | null
  __platform?: string | null
  __productcode?: string | null
  __root_origin?: string | null
  __sequence_num?: string | null
  __support_agent_list?: string | null
  __support_amd?: string | null
  __support_arm?: string | null
  __support_diskintensive?: string | null
  __support_fc_inject?: string | null
  __support_highperformance?: string | null
  __support_kvm?: string | null
  __support_kvm_gpu_type?: string | null
  __support_kvm_hi1822_hisriov?: string | null
  __support_kvm_hi1822_hivirtionet?: string | null
  __support_kvm_infiniband?: string | null
  __support_largememory?: string | null
  __support_xen?: string | null
  __support_xen_gpu_type?: string | null
  __support_xen_hana?: string | null
  __system__cmkid?: string | null
  __system_support_market?: boolean | null
  __whole_image?: (string | boolean) | null
  /**
   * This interface was referenced by `Image`'s JSON-Schema definition
   * via the `patternProperty` "^(?:__|hw_)".
   */
  [k: string]: string | boolean | null | number | string[] | undefined
}
/**
 * A region that failed, beside those that did not.
 */
export interface RegionProblem {
  error: Refusal
  regionId: string
}
export interface Refusal {
  /**
   * The HTTP status.
   */
  code: number
  /**
   * The name of a google.rpc.Code.
   */
  status:
    | 'INVALID_ARGUMENT'
    | 'UNAUTHENTICATED'
    | 'PERMISSION_DENIED'
    | 'NOT_FOUND'
    | 'ABORTED'
    | 'FAILED_PRECONDITION'
    | 'RESOURCE_EXHAUSTED'
    | 'CANCELLED'
    | 'UNIMPLEMENTED'
    | 'INTERNAL'
    | 'UNAVAILABLE'
    | 'UNKNOWN'
    | 'DEADLINE_EXCEEDED'
  /**
   * For people; it may improve.
   */
  message: string
  /**
   * @minItems 1
   */
  details: [ErrorInfo, ...(BadRequest | RetryInfo | Original)[]]
}
export interface ErrorInfo {
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo'
  /**
   * Switch on this. Huawei Cloud's code as it writes it, or one of ours, which the statuses list.
   */
  reason: string
  /**
   * Who refused: `huawei-cloud-api` is us, a host name is Huawei Cloud.
   */
  domain: string
  metadata: {
    [k: string]: string
  }
} /**
 * Every fault of the request at once.
 */
export interface BadRequest {
  '@type': 'type.googleapis.com/google.rpc.BadRequest'
  /**
   * @minItems 1
   */
  fieldViolations: {
    field: string
    description: string
  }[]
}
/**
 * Only where repeating is safe.
 */
export interface RetryInfo {
  '@type': 'type.googleapis.com/google.rpc.RetryInfo'
  retryDelay: string
}
/**
 * Huawei Cloud's own body, whole.
 */
export interface Original {
  '@type': 'type.googleapis.com/google.protobuf.Struct'
  value: {}
}
export interface JobTicket {
  job_id?: string
  job?: Job
  /**
   * With `Prefer: wait`: what became of each.
   */
  results?: Result[]
}
/**
 * With `Prefer: wait`: the job as it was seen last.
 */
export interface Job {
  job_id?: string
  job_type?: string
  /**
   * INIT, RUNNING, SUCCESS, FAIL or PENDING_PAYMENT.
   */
  status?: string
  begin_time?: string | null
  end_time?: string | null
  error_code?: string | null
  fail_reason?: string | null
  entities?: unknown
}
export interface Result {
  id: string
  /**
   * Null while it is not known.
   */
  ok: boolean | null
  code?: string
  message?: string
}
export interface Flavor {
  id?: string
  name?: string
  vcpus?: string
  ram?: number
  disk?: string
  swap?: string | null
  'OS-FLV-EXT-DATA:ephemeral'?: number | null
  'OS-FLV-DISABLED:disabled'?: boolean
  rxtx_factor?: number | null
  rxtx_quota?: string | null
  rxtx_cap?: string | null
  'os-flavor-access:is_public'?: boolean
  links?: {
    rel?: string
    href?: string
    type?: string | null
  }[]
  os_extra_specs?: {
    [k: string]: string
  }
  attachableQuantity?: {
    free_scsi?: number | null
    free_blk?: number | null
    free_disk?: number | null
    free_nic?: number | null
  } | null
}
export interface Server {
  id?: string
  name?: string | null
  /**
   * ACTIVE, SHUTOFF, BUILD, ERROR, REBOOT, RESIZE …
   */
  status?: string | null
  description?: string | null
  created?: string | null
  updated?: string | null
  tenant_id?: string | null
  user_id?: string | null
  hostId?: string | null
  accessIPv4?: string | null
  accessIPv6?: string | null
  locked?: boolean | null
  metadata?: {
    [k: string]: string
  } | null
  tags?: string[] | null
  'OS-DCF:diskConfig'?: string | null
  'OS-EXT-SRV-ATTR:hostname'?: string | null
  'OS-EXT-SRV-ATTR:user_data'?: string | null
  config_drive?: string | null
  key_name?: string | null
  progress?: number | null
  fault?: {
    message?: string
    code?: number
    created?: string
    details?: string | null
  } | null
  flavor?: {
    id?: string
    name?: string
    vcpus?: string
    ram?: string
    disk?: string
    gpus?: {
      name?: string
      count?: number
      memory_mb?: number
    }[]
    asic_accelerators?: {
      name?: string
      count?: number
      memory_mb?: number
    }[]
  } | null
  image?: {
    id?: string
  } | null
  addresses?: {
    [k: string]: Address[]
  } | null
  sys_tags?:
    | {
        key?: string
        value?: string
      }[]
    | null
  enterprise_project_id?: string | null
  security_groups?:
    | {
        id?: string | null
        name?: string
      }[]
    | null
  network_interfaces?: NetworkInterface[] | null
  'os-extended-volumes:volumes_attached'?:
    | {
        id?: string
        device?: string | null
        bootIndex?: string | null
        delete_on_termination?: string | null
      }[]
    | null
  'OS-EXT-STS:vm_state'?: string | null
  'OS-EXT-STS:task_state'?: string | null
  'OS-EXT-STS:power_state'?: number | null
  host_status?: string | null
  'OS-EXT-AZ:availability_zone'?: string | null
  'OS-SRV-USG:launched_at'?: string | null
  'OS-SRV-USG:terminated_at'?: string | null
  'OS-EXT-SRV-ATTR:host'?: string | null
  'OS-EXT-SRV-ATTR:hypervisor_hostname'?: string | null
  'OS-EXT-SRV-ATTR:instance_name'?: string | null
  'OS-EXT-SRV-ATTR:root_device_name'?: string | null
  'OS-EXT-SRV-ATTR:ramdisk_id'?: string | null
  'OS-EXT-SRV-ATTR:kernel_id'?: string | null
  'OS-EXT-SRV-ATTR:launch_index'?: number | null
  'OS-EXT-SRV-ATTR:reservation_id'?: string | null
  'os:scheduler_hints'?: OsSchedulerHint
  auto_terminate_time?: string | null
  cpu_options?: {
    'hw:cpu_threads'?: number
  } | null
  security_options?: {
    secure_boot_enabled?: boolean
    tpm_enabled?: boolean
  } | null
  enclave_options?: {
    enabled?: boolean
  } | null
  hypervisor?: {
    hypervisor_type?: string | null
    csd_hypervisor?: string | null
  } | null
  capacity_reservation_id?: string | null
  capacity_reservation_specification?: {
    id?: string | null
    preference?: string | null
  } | null
  spod_id?: string | null
}
export interface Address {
  /**
   * 4 or 6.
   */
  version?: string
  addr?: string
  primary?: boolean | null
  /**
   * fixed or floating.
   */
  'OS-EXT-IPS:type'?: string
  'OS-EXT-IPS-MAC:mac_addr'?: string | null
  'OS-EXT-IPS:port_id'?: string | null
}
export interface NetworkInterface {
  port_id?: string
  primary?: boolean
  ip_addresses?: string[]
  ipv6_addresses?: string[]
  subnet_id?: string
  association?: {
    public_ip_address?: string | null
  } | null
}
export interface ResizeFlavor {
  id?: string
  name?: string
  vcpus?: string
  ram?: number
  disk?: string
  swap?: string | null
  'OS-FLV-EXT-DATA:ephemeral'?: number | null
  'OS-FLV-DISABLED:disabled'?: boolean
  rxtx_factor?: number | null
  rxtx_quota?: string | null
  rxtx_cap?: string | null
  'os-flavor-access:is_public'?: boolean
  links?: {
    rel?: string
    href?: string
    type?: string | null
  }[]
  extra_specs?: {
    [k: string]: string
  }
}
export interface VolumeAttachment {
  /**
   * Equal to volumeId.
   */
  id?: string
  volumeId?: string
  serverId?: string
  device?: string | null
  size?: number | string
  bootIndex?: number | null
  bus?: string | null
  pciAddress?: string | null
  delete_on_termination?: boolean | null
}
export interface Volume {
  id?: string
  name?: string | null
  description?: string | null
  /**
   * available, in-use, creating, attaching, error …
   */
  status?: string
  size?: number
  volume_type?: string
  availability_zone?: string
  attachments?: {
    id?: string
    attachment_id?: string
    server_id?: string
    volume_id?: string
    device?: string | null
    host_name?: string | null
    attached_at?: string | null
  }[]
  bootable?: string
  multiattach?: boolean
  shareable?: (string | boolean) | null
  encrypted?: boolean | null
  metadata?: {
    [k: string]: unknown
  }
  tags?: {
    [k: string]: string
  } | null
  created_at?: string
  updated_at?: string | null
  snapshot_id?: string | null
  source_volid?: string | null
  volume_image_metadata?: {
    [k: string]: unknown
  } | null
  links?: {
    rel?: string
    href?: string
    type?: string | null
  }[]
  user_id?: string | null
  wwn?: string | null
  serial_number?: string | null
  service_type?: string | null
  enterprise_project_id?: string | null
  dedicated_storage_id?: string | null
  dedicated_storage_name?: string | null
  consistencygroup_id?: string | null
  replication_status?: string | null
  iops?: {
    id?: string | null
    total_val?: number | null
    frozened?: boolean | null
  } | null
  throughput?: {
    id?: string | null
    total_val?: number | null
    frozened?: boolean | null
  } | null
  'os-vol-host-attr:host'?: string | null
  'os-vol-tenant-attr:tenant_id'?: string | null
  'os-vol-mig-status-attr:migstat'?: string | null
  'os-vol-mig-status-attr:name_id'?: string | null
  'os-volume-replication:extended_status'?: string | null
}
export interface Vpc {
  id?: string
  name?: string
  description?: string | null
  cidr?: string
  /**
   * CREATING, then OK.
   */
  status?: string
  routes?: {
    destination?: string
    nexthop?: string
  }[]
  enterprise_project_id?: string | null
  tenant_id?: string
  created_at?: string
  updated_at?: string
  block_service_endpoint_states?: string | null
  enable_network_address_usage_metrics?: boolean | null
}
export interface Subnet {
  /**
   * What the network cards of a create want; equal to neutron_network_id.
   */
  id?: string
  name?: string
  description?: string | null
  cidr?: string
  gateway_ip?: string | null
  vpc_id?: string
  /**
   * UNKNOWN just after the create, then ACTIVE; or ERROR.
   */
  status?: string
  dhcp_enable?: boolean
  primary_dns?: string | null
  secondary_dns?: string | null
  dnsList?: string[] | null
  availability_zone?: string | null
  ipv6_enable?: boolean | null
  cidr_v6?: string | null
  gateway_ip_v6?: string | null
  neutron_network_id?: string
  neutron_subnet_id?: string
  neutron_subnet_id_v6?: string | null
  extra_dhcp_opts?:
    | {
        opt_name?: string
        opt_value?: string | null
      }[]
    | null
  scope?: string | null
  tenant_id?: string
  created_at?: string
  updated_at?: string
  enable_network_address_usage_metrics?: boolean | null
  available_ip_address_count?: number | null
}
export interface SecurityGroup {
  id?: string
  name?: string
  description?: string | null
  vpc_id?: string | null
  enterprise_project_id?: string | null
  security_group_rules?: SecurityGroupRule[]
}
export interface SecurityGroupRule {
  id?: string
  description?: string | null
  security_group_id?: string
  /**
   * ingress or egress.
   */
  direction?: string
  ethertype?: string | null
  protocol?: string | null
  port_range_min?: number | null
  port_range_max?: number | null
  remote_ip_prefix?: string | null
  remote_group_id?: string | null
  remote_address_group_id?: string | null
  tenant_id?: string
}
export interface Publicip {
  id?: string
  /**
   * DOWN is free; ACTIVE, ELB, VPN are bound; PENDING_CREATE, ERROR …
   */
  status?: string
  type?: string
  alias?: string | null
  public_ip_address?: string | null
  public_ipv6_address?: string | null
  private_ip_address?: string | null
  port_id?: string | null
  ip_version?: number | null
  tenant_id?: string
  create_time?: string
  bandwidth_id?: string | null
  bandwidth_name?: string | null
  bandwidth_size?: number | null
  bandwidth_share_type?: string | null
  enterprise_project_id?: string | null
  public_border_group?: string | null
  allow_share_bandwidth_types?: string[] | null
  tags?: string[] | null
  profile?: {
    order_id?: string | null
    product_id?: string | null
    region_id?: string | null
    user_id?: string | null
  } | null
}
export interface PublicipValue {
  publicip?: Publicip
}
export interface Project {
  id?: string
  name?: string
  description?: string | null
  enabled?: boolean
  domain_id?: string
  parent_id?: string | null
  is_domain?: boolean
  links?: {
    self?: string
    next?: string | null
    previous?: string | null
  }
}
/**
 * Every error, whoever refused.
 */
export interface Problem {
  error: Refusal
}

export const operations = {
  listRegions: { method: 'GET', path: '/api/regions' },
  listImages: { method: 'GET', path: '/api/images', items: 'images', pages: 'next' },
  showImage: { method: 'GET', path: '/api/images/{imageId}' },
  createImage: { method: 'POST', path: '/api/images', job: true },
  deleteImage: { method: 'DELETE', path: '/api/images/{imageId}' },
  listInstanceTypes: { method: 'GET', path: '/api/instance-types', items: 'flavors', pages: 'marker' },
  createInstances: { method: 'POST', path: '/api/instances', job: true, key: true },
  listInstances: { method: 'GET', path: '/api/instances', items: 'servers', pages: 'number' },
  startInstances: { method: 'PUT', path: '/api/instances/start', job: true },
  stopInstances: { method: 'PUT', path: '/api/instances/stop', job: true },
  rebootInstances: { method: 'PUT', path: '/api/instances/reboot', job: true },
  terminateInstances: { method: 'PUT', path: '/api/instances/terminate', job: true },
  showInstance: { method: 'GET', path: '/api/instances/{instanceId}' },
  updateInstance: { method: 'PUT', path: '/api/instances/{instanceId}' },
  listResizeTypes: { method: 'GET', path: '/api/instances/{instanceId}/resize', items: 'flavors', pages: 'marker' },
  resizeInstance: { method: 'PUT', path: '/api/instances/{instanceId}/resize', job: true },
  setInstancePassword: { method: 'PUT', path: '/api/instances/{instanceId}/password' },
  openInstanceConsole: { method: 'POST', path: '/api/instances/{instanceId}/console' },
  listInstanceTags: { method: 'GET', path: '/api/instances/{instanceId}/tags', items: 'tags', pages: 'whole' },
  addInstanceTags: { method: 'POST', path: '/api/instances/{instanceId}/tags' },
  deleteInstanceTag: { method: 'DELETE', path: '/api/instances/{instanceId}/tags/{key}' },
  listInstanceVolumes: { method: 'GET', path: '/api/instances/{instanceId}/volumes', items: 'volumeAttachments', pages: 'whole' },
  attachInstanceVolume: { method: 'POST', path: '/api/instances/{instanceId}/volumes', job: true },
  detachInstanceVolume: { method: 'DELETE', path: '/api/instances/{instanceId}/volumes/{volumeId}', job: true },
  listVolumes: { method: 'GET', path: '/api/volumes', items: 'volumes', pages: 'marker' },
  showJob: { method: 'GET', path: '/api/jobs/{jobId}' },
  followJob: { method: 'GET', path: '/api/jobs/{jobId}/events', events: true },
  listVpcs: { method: 'GET', path: '/api/vpcs', items: 'vpcs', pages: 'marker' },
  createVpc: { method: 'POST', path: '/api/vpcs' },
  deleteVpc: { method: 'DELETE', path: '/api/vpcs/{vpcId}' },
  listSubnets: { method: 'GET', path: '/api/subnets', items: 'subnets', pages: 'marker' },
  createSubnet: { method: 'POST', path: '/api/subnets' },
  deleteSubnet: { method: 'DELETE', path: '/api/subnets/{subnetId}' },
  listSecurityGroups: { method: 'GET', path: '/api/security-groups', items: 'security_groups', pages: 'marker' },
  createSecurityGroup: { method: 'POST', path: '/api/security-groups' },
  deleteSecurityGroup: { method: 'DELETE', path: '/api/security-groups/{securityGroupId}' },
  addSecurityGroupRule: { method: 'POST', path: '/api/security-groups/{securityGroupId}/rules' },
  deleteSecurityGroupRule: { method: 'DELETE', path: '/api/security-groups/{securityGroupId}/rules/{ruleId}' },
  listPublicIps: { method: 'GET', path: '/api/public-ips', items: 'publicips', pages: 'marker' },
  createPublicIp: { method: 'POST', path: '/api/public-ips' },
  deletePublicIp: { method: 'DELETE', path: '/api/public-ips/{publicIpId}' },
  bindPublicIp: { method: 'POST', path: '/api/public-ips/{publicIpId}/bind' },
  unbindPublicIp: { method: 'POST', path: '/api/public-ips/{publicIpId}/unbind' },
  listProjects: { method: 'GET', path: '/api/projects', items: 'projects', pages: 'whole' },
  listAvailabilityZones: { method: 'GET', path: '/api/availability-zones', items: 'availabilityZoneInfo', pages: 'whole' },
  listKeypairs: { method: 'GET', path: '/api/keypairs', items: 'keypairs', pages: 'whole' },
  createKeypair: { method: 'POST', path: '/api/keypairs' },
  deleteKeypair: { method: 'DELETE', path: '/api/keypairs/{keypairName}' },
  showQuotas: { method: 'GET', path: '/api/quotas' },
} as const satisfies Record<keyof Operations, object>
